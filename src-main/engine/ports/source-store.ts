import type { SourceId } from '#shared/model/ids.ts'
import type { Source } from '#shared/model/source.ts'

export interface SourceStore {
  /** Every source of every project that is not deleted, oldest first. */
  list(): Promise<readonly Source[]>
  /** Resolves to false, keeping nothing, where the slug is taken in any project. */
  create(source: Source): Promise<boolean>
  /** Replaces what can change (name, provider, answer, publicUrl, bodyLimitBytes). */
  update(source: Source): Promise<void>
  /** Its events stay; its slug is free again. */
  delete(sourceId: SourceId, now: number): Promise<void>
}
