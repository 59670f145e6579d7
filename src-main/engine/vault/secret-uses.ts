import type { EndpointId } from '#shared/model/ids.ts'
import { createLastUses } from '../last-uses.ts'
import type { Clock, Log, SecretUse, VaultStore } from '../ports.ts'

/** How long a use may wait to be kept: it is for people, who look at days. */
const GATHER_MS = 30_000

/** When the secrets of endpoints last went out with a request. */
export interface SecretUses {
  note(endpointId: EndpointId, names: readonly string[]): void
  /** Unix ms; null where the store knows the latest use. */
  pending(endpointId: EndpointId, name: string): number | null
  /** Keeps what is noted, and takes no more. */
  stop(): Promise<void>
}

export interface SecretUsesDeps {
  store: Pick<VaultStore, 'noteUses'>
  clock: Clock
  log: Log
}

export function createSecretUses({ store, clock, log }: SecretUsesDeps): SecretUses {
  const keyOf = ({ endpointId, name }: Pick<SecretUse, 'endpointId' | 'name'>) => `${endpointId} ${name}`
  const uses = createLastUses<SecretUse>({ keyOf, keep: store.noteUses, gatherMs: GATHER_MS, clock, log })
  return {
    note(endpointId, names) {
      for (const name of names) uses.note({ endpointId, name, at: clock.now() })
    },
    pending: (endpointId, name) => uses.pending(keyOf({ endpointId, name }))?.at ?? null,
    stop: uses.stop,
  }
}
