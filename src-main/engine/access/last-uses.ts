import type { KeyId } from '#shared/model/ids.ts'
import type { Clock, Log } from '../ports.ts'
import type { KeyStore, KeyUse } from './key-store.ts'

/** How long uses are gathered before they are written: a busy key costs one write in that time. */
const GATHER_MS = 5_000

/** When each key was last used: known at once, written together. */
export interface LastUses {
  note(use: KeyUse): void
  /** The last use since the start; null where there was none. */
  of(id: KeyId): KeyUse | null
  /** Writes what is not yet written, and no more after that. */
  stop(): Promise<void>
}

export function createLastUses({
  store,
  clock,
  log,
}: {
  store: Pick<KeyStore, 'used'>
  clock: Clock
  log: Log
}): LastUses {
  const uses = new Map<KeyId, KeyUse>()
  const unwritten = new Set<KeyId>()
  let cancel: (() => void) | null = null
  let isStopped = false

  async function write(): Promise<void> {
    cancel = null
    const written = [...unwritten].flatMap((id) => uses.get(id) ?? [])
    unwritten.clear()
    try {
      if (written.length > 0) await store.used(written)
    } catch (error) {
      for (const { id } of written) unwritten.add(id)
      log.warn('The last use of keys could not be written', { error: String(error) })
    }
  }

  return {
    note(use) {
      uses.set(use.id, use)
      unwritten.add(use.id)
      if (!isStopped) cancel ??= clock.after(GATHER_MS, () => void write())
    },
    of: (id) => uses.get(id) ?? null,
    async stop() {
      isStopped = true
      cancel?.()
      await write()
    },
  }
}
