import { z } from 'zod'
import { FailureCode } from '../failure.ts'
import { DeliveryId, EndpointId, EventId, ProjectId, WorkflowId, WorkflowRunId } from '../ids.ts'
import { Tag, Variables } from './workflow.ts'

export const RunStatus = z.enum(['running', 'succeeded', 'partial_failure', 'failed'])
export type RunStatus = z.infer<typeof RunStatus>

export const RunTrigger = z.enum(['ci', 'schedule', 'manual'])
export type RunTrigger = z.infer<typeof RunTrigger>

/** Why a run goes no further: nothing new is begun, and but for `first_failure` what waits to be sent is canceled. */
export const RunStop = z.enum(['first_failure', 'canceled', 'timed_out'])
export type RunStop = z.infer<typeof RunStop>

/** How one event to one target stands. Only `waiting` and `sending` are open; only `succeeded` is good. */
export const StepOutcome = z.enum([
  'waiting',
  'sending',
  'succeeded',
  'failed',
  'canceled',
  'timed_out',
  /** The endpoint is in test mode: nothing reached it. */
  'simulated',
  'skipped',
])
export type StepOutcome = z.infer<typeof StepOutcome>

/** One event to one target, as the trace tells it. */
export const RunStep = z.object({
  /** Which target of the run, and which event of the target; both from 0. */
  unit: z.number().int().nonnegative(),
  number: z.number().int().nonnegative(),
  /** Where it goes; of an endpoint, as it was when the run began. */
  url: z.string(),
  endpointId: EndpointId.nullable(),
  tags: z.array(Tag),
  eventId: EventId,
  eventType: z.string(),
  /** The policy preset of what goes to a bare URL; null for an endpoint, which has its own. */
  policy: z.string().nullable(),
  deliveryId: DeliveryId.nullable(),
  outcome: StepOutcome,
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  attempts: z.number().int().nonnegative(),
  lastStatus: z.number().int().nullable(),
  lastFailure: FailureCode.nullable(),
})
export type RunStep = z.infer<typeof RunStep>

/** What a run was asked for. */
export const RunOrder = z.object({
  trigger: RunTrigger,
  /** Which targets: those with one of these tags, or all where there is none. */
  tags: z.array(Tag),
  variables: Variables,
  /** Told of the end, whatever types it takes. */
  callbackEndpointId: EndpointId.nullable(),
  /** The run whose failed targets this one tries again. */
  retryOf: WorkflowRunId.nullable(),
  /** The start by schedule that it is, in unix ms. */
  scheduledFor: z.number().nullable(),
  /** How many starts by schedule before that one were missed. */
  missedStarts: z.number().int().nonnegative(),
})
export type RunOrder = z.infer<typeof RunOrder>

/** One execution of a workflow. The rules are those of the workflow when it began. */
export const WorkflowRun = z.object({
  id: WorkflowRunId,
  projectId: ProjectId,
  workflowId: WorkflowId,
  /** The workflow's name. */
  workflow: z.string(),
  actor: z.string(),
  order: RunOrder,
  concurrency: z.number().int().positive(),
  stopOnFirstFailure: z.boolean(),
  timeoutMs: z.number().int().positive(),
  status: RunStatus,
  stop: RunStop.nullable(),
  /** Targets to which every event succeeded. */
  completed: z.number().int().nonnegative(),
  /** Targets of which it is known that they do not succeed. */
  failed: z.number().int().nonnegative(),
  total: z.number().int().positive(),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
})
export type WorkflowRun = z.infer<typeof WorkflowRun>
