import type { EndpointId } from '#shared/model/ids.ts'
import type { Clock, Log, VaultStore } from '../ports.ts'

/** How long a use may wait to be kept: it is for people, who look at days. */
const KEEP_AFTER_MS = 30_000

/** When secrets last went out with a request: noted in memory, and kept together now and then. */
export interface LastUses {
  note(endpointId: EndpointId, names: readonly string[]): void
  /** What is not kept yet, by name. */
  pending(endpointId: EndpointId): ReadonlyMap<string, number>
  /** Keeps what is noted. */
  stop(): Promise<void>
}

export interface LastUsesDeps {
  store: Pick<VaultStore, 'noteUses'>
  clock: Clock
  log: Log
}

const NONE: ReadonlyMap<string, number> = new Map()

export function createLastUses({ store, clock, log }: LastUsesDeps): LastUses {
  const noted = new Map<EndpointId, Map<string, number>>()
  let cancel: (() => void) | null = null

  async function keep(): Promise<void> {
    cancel?.()
    cancel = null
    const uses = [...noted].flatMap(([endpointId, names]) => [...names].map(([name, at]) => ({ endpointId, name, at })))
    if (uses.length === 0) return
    noted.clear()
    try {
      await store.noteUses(uses)
    } catch (error) {
      // A use that is not kept is noted again by the next one.
      log.warn('When secrets were last used could not be kept', { error: String(error) })
    }
  }

  return {
    note(endpointId, names) {
      if (names.length === 0) return
      const known = noted.get(endpointId) ?? new Map<string, number>()
      for (const name of names) known.set(name, clock.now())
      noted.set(endpointId, known)
      cancel ??= clock.after(KEEP_AFTER_MS, () => void keep())
    },
    pending: (endpointId) => noted.get(endpointId) ?? NONE,
    stop: keep,
  }
}
