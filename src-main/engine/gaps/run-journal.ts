import type { Clock, Log, RunStore } from '../ports.ts'

/** How often it is noted that the program runs: a crash is known to within this long. */
const BEAT_MS = 60_000
/** A beat that comes later than this, by the wall clock, tells of a sleep that nobody announced. */
const MISSED_MS = 3 * BEAT_MS

/** Notes when the program runs, so that what came in between can be told from what was never sent. */
export interface RunJournal {
  /** It runs from now on: after a start, and after a sleep. */
  begin(): Promise<void>
  /** It runs up to now: before a stop, and before a sleep. */
  end(): Promise<void>
}

/** What cannot be stored is logged, and keeps nothing else from going on. */
export function createRunJournal({ runs, clock, log }: { runs: RunStore; clock: Clock; log: Log }): RunJournal {
  let cancel = () => {}
  let notedAt = 0

  async function note(kind: 'begin' | 'alive'): Promise<void> {
    notedAt = clock.now()
    try {
      await runs[kind](notedAt)
    } catch (error) {
      log.warn('It could not be noted that the program runs', { error: String(error) })
    }
  }

  function arm(): void {
    cancel = clock.after(BEAT_MS, () => {
      void note(clock.now() - notedAt > MISSED_MS ? 'begin' : 'alive')
      arm()
    })
  }

  return {
    async begin() {
      cancel()
      arm()
      await note('begin')
    },
    async end() {
      cancel()
      await note('alive')
    },
  }
}
