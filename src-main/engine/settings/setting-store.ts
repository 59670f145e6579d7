import type { ProjectId } from '#shared/model/ids.ts'

/** Whose a setting is: the installation's or one project's. */
export type SettingScope = 'account' | ProjectId

/** Small JSON values under names; whoever reads one parses it. */
export interface SettingStore {
  /** Null where it was never set. */
  get(scope: SettingScope, key: string): Promise<unknown>
  /** Every scope that has this setting. */
  all(key: string): Promise<ReadonlyMap<SettingScope, unknown>>
  /** Null removes it. */
  put(scope: SettingScope, key: string, value: unknown): Promise<void>
}
