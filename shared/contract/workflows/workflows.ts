import { z } from 'zod'
import { EndpointId, WorkflowRunId } from '../../model/ids.ts'
import { SkippedStarts, Tags, Variables, Workflow, WorkflowDefinition } from '../../model/workflows/workflow.ts'
import { RunStatus, RunStep, WorkflowRun } from '../../model/workflows/workflow-run.ts'
import { changes, InProject, Instant, PageInput, pageOf, reads } from '../base.ts'

const order = WorkflowRun.shape.order.shape

/** One run. How it stands is told by the names that CI scripts of this kind know. */
export const RunView = z.object({
  id: WorkflowRunId,
  batch_run_id: WorkflowRunId.describe('The same as `id`.'),
  status: RunStatus,
  completed_urls: z.number().describe('Targets to which every event succeeded.'),
  failed_urls: z
    .number()
    .describe('Targets that did not succeed; at the end of a run that was stopped, also those it left out.'),
  total_urls: z.number(),
  progress_percentage: z.number().describe('Completed and failed together, of the total.'),
  workflow: z.string(),
  trigger: order.trigger,
  actor: z.string(),
  tags: order.tags,
  variables: order.variables,
  callbackEndpointId: order.callbackEndpointId,
  retryOf: order.retryOf,
  stop: WorkflowRun.shape.stop.describe('Why it went no further than it did; null where it went through.'),
  scheduledFor: Instant.nullable(),
  missedStarts: order.missedStarts,
  startedAt: Instant,
  finishedAt: Instant.nullable(),
})
export type RunView = z.infer<typeof RunView>

export const TraceStep = z.object({
  ...RunStep.omit({ unit: true, number: true, policy: true }).shape,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
})
export type TraceStep = z.infer<typeof TraceStep>

export const RunDetail = z.object({ ...RunView.shape, trace: z.array(TraceStep) })
export type RunDetail = z.infer<typeof RunDetail>

export const WorkflowView = z.object({
  id: Workflow.shape.id,
  name: Workflow.shape.name,
  ...WorkflowDefinition.shape,
  nextStartAt: Instant.nullable().describe('The next start by schedule.'),
  skipped: z
    .object({ ...SkippedStarts.shape, at: Instant })
    .nullable()
    .describe('The latest starts by schedule that were left out, and why.'),
  latestRun: RunView.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type WorkflowView = z.infer<typeof WorkflowView>

const byName = { name: z.string().max(63).describe('Its name, or its id.'), ...InProject.shape }
const tags = ['Workflows']

const runs = {
  list: reads('workflows:read')
    .route({ method: 'GET', path: '/workflows/{name}/runs', summary: 'List the runs of a workflow', tags })
    .input(z.object({ ...byName, ...PageInput.shape }))
    .output(pageOf(RunView)),
  start: changes('workflows:run', 'workflow.run', ['run_in_progress', 'unknown_provider'])
    .route({
      method: 'POST',
      path: '/workflows/{name}/runs',
      summary: 'Start a run of a workflow',
      description:
        'Sends each event of the workflow to each target, one delivery each. Answers at once; `GET …/runs/{id}` tells how it goes on until `status` is no longer `running`, and event `workflow.finished` tells its end.',
      tags,
      successStatus: 202,
    })
    .input(
      z.strictObject({
        ...byName,
        tags: Tags.describe('Only targets with one of these; all where it is empty.'),
        variables: Variables.default({}).describe(
          'In place of the workflow’s own values. Stored and shown: no secrets.',
        ),
        callbackEndpointId: EndpointId.nullable()
          .default(null)
          .describe('An endpoint that is told of the end, whatever types it takes.'),
        retryOf: z.string().max(40).nullable().default(null).describe('A run whose failed targets are tried again.'),
        trigger: z
          .enum(['ci', 'manual'])
          .optional()
          .describe('Who starts it; `ci` for an API key and `manual` for anyone else where it is left out.'),
      }),
    )
    .output(RunView),
  get: reads('workflows:read')
    .route({ method: 'GET', path: '/workflows/{name}/runs/{id}', summary: 'Show a run and its trace', tags })
    .input(z.object({ ...byName, id: z.string() }))
    .output(RunDetail),
  cancel: changes('workflows:run', 'workflow.cancel', ['run_over'])
    .route({
      method: 'POST',
      path: '/workflows/{name}/runs/{id}/cancel',
      summary: 'Cancel a run',
      description: 'Begins no other target and cancels what waits; what is being sent ends by itself.',
      tags,
    })
    .input(z.object({ ...byName, id: z.string() }))
    .output(RunDetail),
}

export const workflows = {
  list: reads('workflows:read')
    .route({ method: 'GET', path: '/workflows', summary: 'List workflows, by name', tags })
    .input(InProject)
    .output(z.object({ items: z.array(WorkflowView), nextCursor: z.null() })),
  get: reads('workflows:read')
    .route({ method: 'GET', path: '/workflows/{name}', summary: 'Show a workflow', tags })
    .input(z.object(byName))
    .output(WorkflowView),
  put: changes('workflows:write', 'workflow.put', ['unknown_provider'])
    .route({
      method: 'PUT',
      path: '/workflows/{name}',
      summary: 'Define a workflow',
      description:
        'The whole definition: what is left out has its default. Where there is one of this name, it is replaced; runs that are going on keep the old one.',
      tags,
    })
    .input(z.strictObject({ ...byName, ...WorkflowDefinition.shape }))
    .output(WorkflowView),
  delete: changes('workflows:write', 'workflow.delete', ['run_in_progress'])
    .route({
      method: 'DELETE',
      path: '/workflows/{name}',
      summary: 'Delete a workflow and its runs',
      description: 'Events and deliveries of its runs stay.',
      tags,
    })
    .input(z.object(byName))
    .output(z.object({ name: z.string(), runs: z.number() })),
  runs,
}
