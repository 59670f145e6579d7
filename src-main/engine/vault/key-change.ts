import type { Clock, Log } from '../ports.ts'
import {
  continueRotation,
  dropOlderKeys,
  isRotating,
  rotateKeys,
  RotationStoppedError,
  type RotateKeysDeps,
} from './rotate-keys.ts'

/**
 * How long older keys stay after all was sealed anew: for what was sealed with one and is just being stored, and for what was
 * read before and is just being opened. Longer than any write waits for the database.
 */
export const OLDER_KEYS_STAY_MS = 60_000

/** The change of keys, one at a time. */
export interface KeyChange {
  progress(): { done: number; total: number } | null
  /** Begins one, or tells of the one that is under way; `ended` resolves once everything is sealed anew. */
  begin(): { ended: Promise<void> }
  /** Goes on with one that an earlier run left unfinished. */
  resume(): Promise<void>
  /** Ends with the text that is under way; the next start goes on. */
  stop(): Promise<void>
}

type KeyChangeDeps = Omit<RotateKeysDeps, 'onProgress' | 'isStopped'> & { clock: Clock; log: Log }

export function createKeyChange(deps: KeyChangeDeps): KeyChange {
  const { clock, log } = deps
  let progress: { done: number; total: number } | null = null
  let running: Promise<void> | null = null
  let dropping = Promise.resolve()
  let cancelDrop: (() => void) | null = null
  let isStopped = false

  const steps = {
    ...deps,
    onProgress: (now: { done: number; total: number }) => void (progress = now),
    isStopped: () => isStopped,
  }

  async function run(work: () => Promise<void>): Promise<void> {
    progress = { done: 0, total: 0 }
    try {
      await work()
      log.info('The keys of the vault were changed')
      dropLater()
    } catch (error) {
      told(error, 'The change of keys stopped; it goes on at the next start')
      throw error
    } finally {
      progress = null
      running = null
    }
  }

  function dropLater(): void {
    cancelDrop?.()
    if (isStopped) return
    cancelDrop = clock.after(OLDER_KEYS_STAY_MS, () => {
      cancelDrop = null
      dropping = dropOlderKeys(steps).catch((error: unknown) =>
        told(error, 'The older keys of the vault are still there; the next start lets them go'),
      )
    })
  }

  function told(error: unknown, message: string): void {
    if (error instanceof RotationStoppedError) log.info(message)
    else log.error(message, { error: nameOf(error) })
  }

  function begin(work: () => Promise<void>): { ended: Promise<void> } {
    running ??= run(work)
    // Whoever waits hears of a failure; the log does in any case.
    running.catch(() => {})
    return { ended: running }
  }

  return {
    progress: () => progress,
    begin: () => begin(() => dropping.then(() => rotateKeys(steps))),

    async resume() {
      if (await isRotating(steps)) begin(() => continueRotation(steps))
    },

    async stop() {
      isStopped = true
      cancelDrop?.()
      await Promise.all([running?.catch(() => {}), dropping])
    },
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'not an error'
}
