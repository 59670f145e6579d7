import { AppError } from '#shared/model/app-error.ts'
import type { ProjectId } from '#shared/model/ids.ts'

/** Runs that are remembered at most; the oldest that ended is forgotten first. */
const MOST_KEPT = 50

interface AnyRun {
  id: string
  projectId: ProjectId
  state: string
}

/** What is going on and what went on since the start, newest first. */
export interface Runs<R extends AnyRun> {
  add(run: R): void
  set(run: R): void
  list(projectId: ProjectId): readonly R[]
  all(): readonly R[]
  /** Throws `AppError` `not_found`. */
  get(projectId: ProjectId, id: string): R
  drop(id: string): void
}

/** `noun` is what a run is called in words; `onForgotten` takes away what belongs to one. */
export function createRuns<R extends AnyRun>(noun: string, onForgotten: (run: R) => void): Runs<R> {
  const runs = new Map<string, R>()
  const isOver = ({ state }: R) => ['done', 'failed', 'canceled', 'refused'].includes(state)
  return {
    add(run) {
      runs.set(run.id, run)
      const oldest = [...runs.values()].find(isOver)
      if (runs.size <= MOST_KEPT || !oldest) return
      runs.delete(oldest.id)
      onForgotten(oldest)
    },
    // One that was dropped meanwhile does not come back.
    set(run) {
      if (runs.has(run.id)) runs.set(run.id, run)
    },
    list: (projectId) => [...runs.values()].filter((run) => run.projectId === projectId).toReversed(),
    all: () => [...runs.values()],
    get(projectId, id) {
      const run = runs.get(id)
      if (run?.projectId === projectId) return run
      throw new AppError('not_found', `There is no ${noun} “${id.slice(0, 60)}” in this project.`, {
        hint: 'What was exported or imported is remembered until Hookloop ends.',
      })
    },
    drop: (id) => void runs.delete(id),
  }
}

/** Refuses what a run in this state does not allow. */
export function wrongState(noun: string, state: string, hint: string): AppError {
  return new AppError('exchange_state', `This ${noun} is ${state}.`, { hint })
}
