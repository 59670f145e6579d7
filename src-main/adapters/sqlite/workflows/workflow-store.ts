import type { SealedSender, WorkflowStore } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'
import { placeOf, toPage, type Place } from '../cursor.ts'
import { prepareAddDeliveries } from '../deliveries/add-deliveries.ts'
import { prepareAppendEvent } from '../events/append-event.ts'
import { toWorkflow, toWorkflowRow, WORKFLOW_COLUMNS, type WorkflowRow } from './workflow-row.ts'
import { prepareRuns, rowToRun, SELECT_RUN, type KeyedRunRow } from './workflow-runs.ts'

const LIST = `SELECT ${WORKFLOW_COLUMNS} FROM workflows w JOIN projects p ON p.key = w.project_key ORDER BY w.key`

const PUT = `
  INSERT INTO workflows (id, project_key, name, definition, seen_to_at, skipped, created_at, updated_at)
  VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), @name, @definition, @seenToAt, @skipped, @createdAt,
    @updatedAt)
  ON CONFLICT (id) DO UPDATE SET definition = excluded.definition, seen_to_at = max(seen_to_at, excluded.seen_to_at),
    skipped = excluded.skipped, updated_at = excluded.updated_at`

const COUNT_RUNS = `SELECT count(*) FROM workflow_runs WHERE workflow_key = (SELECT key FROM workflows WHERE id = ?)`

const SEE_TO = `UPDATE workflows SET seen_to_at = @seenToAt, skipped = @skipped WHERE id = @workflowId`

const SEEN_TO = `UPDATE workflows SET seen_to_at = @seenToAt WHERE id = @workflowId`

const RUNS = `
  ${SELECT_RUN}
  WHERE r.workflow_key = (SELECT key FROM workflows WHERE id = @workflowId) AND (r.started_at, r.key) < (@at, @key)
  ORDER BY r.started_at DESC, r.key DESC
  LIMIT @limit`

const LATEST = `
  ${SELECT_RUN}
  WHERE w.project_key = (SELECT key FROM projects WHERE id = ?) AND r.key = (
    SELECT key FROM workflow_runs WHERE workflow_key = w.key ORDER BY started_at DESC, key DESC LIMIT 1)`

const ADD_SENDER = `
  INSERT INTO senders (id, project_key, provider, policy, sealed, created_at)
  VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), @provider, @policy, @sealed, @createdAt)`

export function createWorkflowStore({ db, read, write }: Connection): WorkflowStore {
  const list = db.prepare<[], WorkflowRow>(LIST)
  const put = db.prepare<WorkflowRow>(PUT)
  const countRuns = db.prepare<[string], number>(COUNT_RUNS).pluck()
  const remove = db.prepare<[string]>(`DELETE FROM workflows WHERE id = ?`)
  const seeTo = db.prepare<{ workflowId: string; seenToAt: number; skipped: string | null }>(SEE_TO)
  const seenTo = db.prepare<{ workflowId: string; seenToAt: number }>(SEEN_TO)
  const page = db.prepare<{ workflowId: string; limit: number } & Place, KeyedRunRow>(RUNS)
  const latest = db.prepare<[string], KeyedRunRow>(LATEST)
  const addSender = db.prepare<SealedSender>(ADD_SENDER)
  const addDeliveries = prepareAddDeliveries(db)
  const append = prepareAppendEvent(db)
  const runs = prepareRuns(db)

  return {
    list: () => read(() => list.all().map(toWorkflow)),
    put: (workflow) => write(() => void put.run(toWorkflowRow(workflow))),
    delete: (workflowId) =>
      write(() => {
        const count = countRuns.get(workflowId) ?? 0
        remove.run(workflowId)
        return count
      }),
    seeTo: ({ skipped, ...step }) =>
      write(() => void seeTo.run({ ...step, skipped: skipped && JSON.stringify(skipped) })),

    createRun: (step) =>
      write(() => {
        runs.add(step)
        const { workflowId } = step.run
        if (step.seenToAt !== null) seenTo.run({ workflowId, seenToAt: step.seenToAt })
      }),

    advanceRun: ({ run, steps, deliveries, finished }) =>
      write(() => {
        if (!runs.change(run, steps)) return null
        for (const { sender, projectId, createdAt } of deliveries) {
          if (sender) addSender.run({ ...sender, projectId, sealed: null, createdAt })
        }
        const appended = finished && append(finished)
        return {
          deliveries: addDeliveries(deliveries),
          finishedDeliveries: appended?.kind === 'appended' ? appended.deliveries : [],
        }
      }),

    run: (runId) => read(() => runs.get(runId)),
    openRuns: () => read(() => runs.open()),
    runs: (query) =>
      read(() => {
        const { workflowId, limit, cursor } = query
        return toPage(page.all({ workflowId, ...placeOf(cursor), limit: limit + 1 }), query, rowToRun)
      }),
    latestRuns: (projectId) => read(() => latest.all(projectId).map(rowToRun)),
  }
}
