import type { RunStatus, RunStep, RunStop, WorkflowRun } from '#shared/model/workflows/workflow-run.ts'

/** What a run does next, decided from how its steps stand. */
export interface NextMoves {
  begin: readonly RunStep[]
  /** They will never be sent. */
  skip: readonly RunStep[]
  stop: RunStop | null
  status: RunStatus
  completed: number
  failed: number
}

type Rules = Pick<WorkflowRun, 'concurrency' | 'stopOnFirstFailure' | 'stop'>

/**
 * Targets go at most `concurrency` at a time, and each gets its events one after another until one does not succeed.
 * A run that was stopped begins nothing; its targets that are left count as failed, for they did not succeed.
 */
export function nextMoves(
  { concurrency, stopOnFirstFailure, stop: asked }: Rules,
  steps: readonly RunStep[],
): NextMoves {
  const units = [...Map.groupBy(steps, ({ unit }) => unit).values()]
  const stop = asked ?? (stopOnFirstFailure && units.some(isLost) ? 'first_failure' : null)
  const begin: RunStep[] = []
  const skip: RunStep[] = []
  const open = units.filter((unit) => unit.some(isWaiting))
  for (const unit of open) {
    if (isLost(unit) || stop !== null) skip.push(...unit.filter(isWaiting))
    // One that is part of the way keeps its place among those at a time.
    else if (hasBegun(unit) && !unit.some(isSending)) begin.push(unit.find(isWaiting)!)
  }
  let room = concurrency - begin.length - units.filter((unit) => unit.some(isSending)).length
  for (const unit of open) {
    if (stop !== null || room <= 0) break
    if (hasBegun(unit)) continue
    begin.push(unit.find(isWaiting)!)
    room -= 1
  }
  const completed = units.filter((unit) => unit.every(({ outcome }) => outcome === 'succeeded')).length
  const failed = units.filter((unit) => isLost(unit) || (stop !== null && isLeft(unit))).length
  return { begin, skip, stop, completed, failed, status: statusOf({ completed, failed, total: units.length }) }
}

function statusOf({ completed, failed, total }: { completed: number; failed: number; total: number }): RunStatus {
  if (completed + failed < total) return 'running'
  if (failed === 0) return 'succeeded'
  return completed === 0 ? 'failed' : 'partial_failure'
}

const isWaiting = ({ outcome }: RunStep) => outcome === 'waiting'
const isSending = ({ outcome }: RunStep) => outcome === 'sending'
const isGood = ({ outcome }: RunStep) => outcome === 'succeeded'
const hasBegun = (unit: readonly RunStep[]) => !unit.every(isWaiting)

/** It is known that the target does not succeed, and nothing of it is under way. */
function isLost(unit: readonly RunStep[]): boolean {
  return !unit.some(isSending) && unit.some((step) => !isGood(step) && !isWaiting(step))
}

/** Nothing of it is under way, and it is not through. */
function isLeft(unit: readonly RunStep[]): boolean {
  return !unit.some(isSending) && unit.some(isWaiting)
}
