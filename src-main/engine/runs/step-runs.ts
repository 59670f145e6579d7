import { type Clock, type Log, StoreUnavailableError } from '../ports.ts'

const STORE_PATIENCE_MS = 1_000

interface Run {
  cancelTimer: () => void
  step: Promise<void>
  /** Begun again, after a pause, before its last step told that it paused. */
  isWanted: boolean
}

/** Work that goes on in the background, a step at a time, each kept by the store before the next begins. */
export interface StepRuns<Job> {
  start(): void
  /** Nothing until `start`, or where it runs already. */
  begin(job: Job): void
  /** Ends with the steps that are under way; the rest is left to the next start. */
  stop(): Promise<void>
}

export interface StepRunsDeps<Job> {
  clock: Pick<Clock, 'after'>
  log: Log
  /** For the log: `retry of dead letters`. */
  name: string
  /** One step; resolves to the wait before the next in ms, or null where there is none. */
  step(job: Job): Promise<number | null>
}

/** Walks through each job. While the storage takes no writes a step is tried again; any other error ends the run. */
export function createStepRuns<Job extends { id: string }>(deps: StepRunsDeps<Job>): StepRuns<Job> {
  const { clock, log, name } = deps
  const running = new Map<string, Run>()
  let isStarted = false

  async function patiently(job: Job): Promise<number | null> {
    try {
      return await deps.step(job)
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error
      return STORE_PATIENCE_MS
    }
  }

  function runStep(job: Job): Promise<void> {
    return patiently(job).then(
      (waitMs) => {
        const isWanted = running.get(job.id)?.isWanted ?? false
        if (isStarted && (waitMs !== null || isWanted)) schedule(job, waitMs ?? 0)
        else running.delete(job.id)
      },
      (error: unknown) => {
        running.delete(job.id)
        log.error(`A ${name} stopped`, { id: job.id, error: String(error) })
      },
    )
  }

  function schedule(job: Job, waitMs: number): void {
    const run = running.get(job.id) ?? { cancelTimer: () => {}, step: Promise.resolve(), isWanted: false }
    running.set(job.id, run)
    run.isWanted = false
    run.cancelTimer = clock.after(waitMs, () => {
      run.step = runStep(job)
    })
  }

  return {
    start: () => void (isStarted = true),
    begin: (job) => {
      const run = running.get(job.id)
      if (run) run.isWanted = true
      else if (isStarted) schedule(job, 0)
    },
    async stop() {
      isStarted = false
      const runs = [...running.values()]
      for (const { cancelTimer } of runs) cancelTimer()
      await Promise.all(runs.map((run) => run.step))
      running.clear()
    },
  }
}
