import type { Database } from 'better-sqlite3'
import type { WorkflowRunId } from '#shared/model/ids.ts'
import type { RunStep, WorkflowRun } from '#shared/model/workflows/workflow-run.ts'
import type { NewRun, RunWithSteps } from '#main/engine/ports.ts'
import { prepareAppendEvent } from '../events/append-event.ts'
import {
  RUN_COLUMNS,
  STEP_COLUMNS,
  toRun,
  toRunRow,
  toStep,
  toStepRow,
  type RunRow,
  type StepRow,
} from './workflow-row.ts'

const ADD_RUN = `
  INSERT INTO workflow_runs (id, project_key, workflow_key, actor, run_order, rules, status, stop, completed, failed,
    total, started_at, finished_at)
  VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), (SELECT key FROM workflows WHERE id = @workflowId),
    @actor, @runOrder, @rules, @status, @stop, @completed, @failed, @total, @startedAt, @finishedAt)`

const ADD_STEP = `
  INSERT INTO workflow_steps (run_key, unit, number, url, endpoint_id, tags, event_id, event_type, policy, delivery_id,
    outcome, started_at, finished_at, attempts, last_status, last_failure)
  VALUES (@runKey, @unit, @number, @url, @endpointId, @tags, @eventId, @eventType, @policy, @deliveryId, @outcome,
    @startedAt, @finishedAt, @attempts, @lastStatus, @lastFailure)`

const CHANGE_RUN = `
  UPDATE workflow_runs SET status = @status, stop = @stop, completed = @completed, failed = @failed,
    finished_at = @finishedAt
  WHERE id = @id`

const CHANGE_STEP = `
  UPDATE workflow_steps SET delivery_id = @deliveryId, outcome = @outcome, started_at = @startedAt,
    finished_at = @finishedAt, attempts = @attempts, last_status = @lastStatus, last_failure = @lastFailure
  WHERE run_key = (SELECT key FROM workflow_runs WHERE id = @runId) AND unit = @unit AND number = @number`

export const SELECT_RUN = `
  SELECT ${RUN_COLUMNS}, r.started_at AS at, r.key
  FROM workflow_runs r JOIN workflows w ON w.key = r.workflow_key JOIN projects p ON p.key = r.project_key`

const STEPS = `SELECT ${STEP_COLUMNS} FROM workflow_steps WHERE run_key = ? ORDER BY unit, number`

export type KeyedRunRow = RunRow & { at: number; key: number }

/** A run as it stands, without its steps. */
export function rowToRun({ at: _at, key: _key, ...row }: KeyedRunRow): WorkflowRun {
  return toRun(row)
}

/** Reads and writes runs with their steps. Run what writes inside a write. */
export function prepareRuns(db: Database) {
  const addRun = db.prepare<RunRow>(ADD_RUN)
  const addStep = db.prepare<StepRow & { runKey: number }>(ADD_STEP)
  const changeRun = db.prepare<RunRow>(CHANGE_RUN)
  const changeStep = db.prepare<StepRow & { runId: WorkflowRunId }>(CHANGE_STEP)
  const byId = db.prepare<[string], KeyedRunRow>(`${SELECT_RUN} WHERE r.id = ?`)
  const open = db.prepare<[], KeyedRunRow>(`${SELECT_RUN} WHERE r.finished_at IS NULL ORDER BY r.key`)
  const steps = db.prepare<[number], StepRow>(STEPS)
  const append = prepareAppendEvent(db)

  const withSteps = (row: KeyedRunRow): RunWithSteps => ({
    run: rowToRun(row),
    steps: steps.all(row.key).map(toStep),
  })

  return {
    add({ run, steps: waiting, events }: NewRun): void {
      for (const { event, body } of events) append({ event, body, deliveries: [], idempotency: null })
      const runKey = Number(addRun.run(toRunRow(run)).lastInsertRowid)
      for (const step of waiting) addStep.run({ ...toStepRow(step), runKey })
    },
    /** False, changing nothing, where there is no such run. */
    change(run: WorkflowRun, changed: readonly RunStep[]): boolean {
      if (changeRun.run(toRunRow(run)).changes === 0) return false
      for (const step of changed) changeStep.run({ ...toStepRow(step), runId: run.id })
      return true
    },
    get(runId: WorkflowRunId): RunWithSteps | null {
      const row = byId.get(runId)
      return row ? withSteps(row) : null
    },
    open: () => open.all().map(withSteps),
  }
}
