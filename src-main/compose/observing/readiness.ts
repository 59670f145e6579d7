import type { Clock, StorageFiles, Store } from '../../engine/ports.ts'

/** Less left on the disk than this is told before it runs out. */
const LEAST_DISK_BYTES = 256 * 1024 * 1024
/** Work that was due so long ago waits for something that does not come. */
const LONGEST_OVERDUE_MS = 5 * 60_000
/** Whoever asks again within this gets the same answer. */
const KEPT_MS = 1_000

interface Check {
  ok: boolean
  /** What is wrong, in a sentence. */
  problem?: string
}

/** Whether a relay can do its work, and if not why. `ready` is what decides; a long backlog alone sends nobody away. */
export interface Readiness {
  status: 'ready' | 'not_ready'
  checks: {
    storage: Check
    backlog: Check & { oldestDueAt: string | null }
    disk: Check & { freeBytes: number | null }
  }
}

export interface ReadinessDeps {
  store: Pick<Store, 'deliveries' | 'settings'>
  files: Pick<StorageFiles, 'sizes'>
  clock: Clock
}

/** Looks at what the relay cannot do without. The returned function never rejects. */
export function createReadiness({ store, files, clock }: ReadinessDeps): () => Promise<Readiness> {
  let last: { at: number; answer: Promise<Readiness> } | null = null

  async function look(): Promise<Readiness> {
    const [storage, backlog, disk] = await Promise.all([
      checkStorage(store, clock),
      checkBacklog(store, clock),
      checkDisk(files),
    ])
    return { status: storage.ok && disk.ok ? 'ready' : 'not_ready', checks: { storage, backlog, disk } }
  }

  return () => {
    const at = clock.monotonic()
    if (!last || at - last.at > KEPT_MS) last = { at, answer: look() }
    return last.answer
  }
}

/** A write as small as one can be, which ends where all others do: on the disk. */
async function checkStorage({ settings }: ReadinessDeps['store'], clock: Clock): Promise<Check> {
  try {
    await settings.put('account', 'readiness', { at: clock.now() })
    return { ok: true }
  } catch (error) {
    return { ok: false, problem: `Nothing can be stored: ${error instanceof Error ? error.message : String(error)}` }
  }
}

async function checkBacklog(
  { deliveries }: ReadinessDeps['store'],
  clock: Clock,
): Promise<Readiness['checks']['backlog']> {
  try {
    const due = (await deliveries.lanes()).flatMap(({ dueAt }) => dueAt ?? [])
    const oldest = due.length === 0 ? null : Math.min(...due)
    const overdueMs = oldest === null ? 0 : clock.now() - oldest
    const oldestDueAt = oldest === null ? null : new Date(oldest).toISOString()
    if (overdueMs <= LONGEST_OVERDUE_MS) return { ok: true, oldestDueAt }
    const minutes = Math.floor(overdueMs / 60_000)
    return { ok: false, problem: `Deliveries have been due for ${minutes} min and were not begun.`, oldestDueAt }
  } catch {
    return { ok: false, problem: 'What is due could not be read.', oldestDueAt: null }
  }
}

async function checkDisk(files: ReadinessDeps['files']): Promise<Readiness['checks']['disk']> {
  const freeBytes = await files.sizes().then(
    ({ diskFreeBytes }) => diskFreeBytes,
    () => null,
  )
  if (freeBytes === null || freeBytes >= LEAST_DISK_BYTES) return { ok: true, freeBytes }
  const left = Math.floor(freeBytes / 1024 / 1024)
  return { ok: false, problem: `The disk has ${left} MiB left: free some, or set a retention.`, freeBytes }
}
