import type { Log } from '../ports.ts'
import { continueRotation, isRotating, rotateKeys, type RotateKeysDeps } from './rotate-keys.ts'

/** The change of keys, one at a time. */
export interface KeyChange {
  progress(): { done: number; total: number } | null
  /** Begins one, or tells of the one that is under way; `ended` resolves once the old keys are gone. */
  begin(): { ended: Promise<void> }
  /** Goes on with one that an earlier run left unfinished. */
  resume(): Promise<void>
  /** Resolves once none is under way. */
  settled(): Promise<void>
}

export function createKeyChange(deps: Omit<RotateKeysDeps, 'onProgress'> & { log: Log }): KeyChange {
  const { log } = deps
  let progress: { done: number; total: number } | null = null
  let running: Promise<void> | null = null

  const steps = { ...deps, onProgress: (now: { done: number; total: number }) => void (progress = now) }

  async function run(work: () => Promise<void>): Promise<void> {
    progress = { done: 0, total: 0 }
    try {
      await work()
      log.info('The keys of the vault were changed')
    } catch (error) {
      log.error('The change of keys stopped; it goes on at the next start', { error: nameOf(error) })
      throw error
    } finally {
      progress = null
      running = null
    }
  }

  function begin(work: () => Promise<void>): { ended: Promise<void> } {
    running ??= run(work)
    // Whoever waits hears of a failure; the log does in any case.
    running.catch(() => {})
    return { ended: running }
  }

  return {
    progress: () => progress,
    begin: () => begin(() => rotateKeys(steps)),

    async resume() {
      if (await isRotating(steps)) begin(() => continueRotation(steps))
    },

    async settled() {
      await running?.catch(() => {})
    },
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'not an error'
}
