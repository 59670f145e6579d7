import { AppError } from '#shared/model/app-error.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { Workflow, WorkflowDefinition } from '#shared/model/workflows/workflow.ts'
import type { RunOrder, RunStep, WorkflowRun } from '#shared/model/workflows/workflow-run.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { composeMessage, encode } from '../../catalog/trigger/compose-message.ts'
import { composedEvent } from '../../capture/composed-event.ts'
import { presetOf, TARGET_POLICY } from '../../delivery/policies.ts'
import type { AddressGuard, Ids, NewRun, Random } from '../../ports.ts'
import { chosenTargets, targetUrls } from '../definition/targets.ts'
import { fillValue } from '../definition/variables.ts'

export interface PlanDeps {
  catalog: Pick<Catalog, 'resolve'>
  endpoint(id: Endpoint['id']): Endpoint | null
  guard: AddressGuard
  ids: Ids
  random: Random
}

export interface PlanInput {
  workflow: Workflow
  order: RunOrder
  actor: string
  /** Only targets of these addresses or endpoints; null for all that the tags choose. */
  only: ReadonlySet<string> | null
  now: number
}

/** The run with everything that it will send, all of it waiting. Throws `AppError` that names the field at fault. */
export function planRun(input: PlanInput, deps: PlanDeps): Omit<NewRun, 'seenToAt'> {
  const { workflow, order, actor, now } = input
  const { definition, projectId } = workflow
  const variables = allVariables(definition, order)
  const messages = definition.events.map((event) => message(event, { ...input, variables }, deps))
  const steps = unitsOf(input, variables, deps).flatMap((unit, index) =>
    messages.map(({ event, policy }, number): RunStep => ({
      ...unit,
      unit: index,
      number,
      eventId: event.id,
      eventType: event.type,
      policy: unit.endpointId === null ? policy : null,
      deliveryId: null,
      outcome: 'waiting',
      startedAt: null,
      finishedAt: null,
      attempts: 0,
      lastStatus: null,
      lastFailure: null,
    })),
  )
  const { concurrency, stopOnFirstFailure, timeoutMs } = definition.options
  const run: WorkflowRun = {
    id: deps.ids.next('run'),
    projectId,
    workflowId: workflow.id,
    workflow: workflow.name,
    actor,
    order: { ...order, variables },
    concurrency,
    stopOnFirstFailure,
    timeoutMs,
    status: 'running',
    stop: null,
    completed: 0,
    failed: 0,
    total: steps.length / messages.length,
    startedAt: now,
    finishedAt: null,
  }
  return { run, steps, events: messages.map(({ event, body }) => ({ event, body })) }
}

function allVariables({ variables }: WorkflowDefinition, order: RunOrder): RunOrder['variables'] {
  const unknown = Object.keys(order.variables).find((name) => !Object.hasOwn(variables, name))
  if (unknown === undefined) return { ...variables, ...order.variables }
  const names = Object.keys(variables)
  throw new AppError('invalid_request', `This workflow has no variable “${unknown}”.`, {
    field: `variables.${unknown}`,
    hint: names.length > 0 ? `Its variables are ${names.join(', ')}.` : 'It has none: leave variables out.',
  })
}

type Unit = Pick<RunStep, 'url' | 'endpointId' | 'tags'>

function unitsOf({ workflow, order, only }: PlanInput, variables: RunOrder['variables'], deps: PlanDeps): Unit[] {
  const targets = chosenTargets(workflow.definition, order.tags, 'tags')
  const urls = targetUrls(targets, { variables, guard: deps.guard, fieldOf: () => 'variables' })
  const units = targets.map((target, index): Unit => {
    const { tags } = target
    if ('url' in target) return { url: urls[index]!, endpointId: null, tags }
    // One that was deleted stays a unit, which then fails for all to see.
    const url = deps.endpoint(target.endpointId)?.version.config.url ?? ''
    return { url, endpointId: target.endpointId, tags }
  })
  const chosen = only === null ? units : units.filter(({ url, endpointId }) => only.has(endpointId ?? url))
  if (chosen.length > 0) return chosen
  throw new AppError('invalid_request', 'None of the targets that failed is among those of the workflow now.', {
    field: 'retryOf',
    hint: 'Start a whole run.',
  })
}

type Message = NewRun['events'][number] & { policy: string }

function message(
  { type, provider: providerId, data }: WorkflowDefinition['events'][number],
  { workflow, variables, now }: Pick<PlanInput, 'workflow' | 'now'> & { variables: RunOrder['variables'] },
  { catalog, ids, random }: PlanDeps,
): Message {
  const { projectId, definition } = workflow
  const id = ids.next('evt')
  const provider = providerId === null ? null : catalog.resolve(projectId, providerId)
  const policy = presetOf(definition.options.policy ?? provider?.policy) ?? TARGET_POLICY
  const filled = data === undefined ? undefined : fillValue(data, variables)
  const sample = provider?.eventTypes.find(({ name }) => name === type)?.sample
  if (filled === undefined && sample === undefined) throw sampleGone(type)
  const written = provider
    ? composeMessage(
        { provider, type, sample, data: filled, encoding: policy.encoding },
        { nowMs: now, messageId: id, random },
      )
    : { ...encode(filled, 'json'), headers: [] }
  const event: EventRecord = {
    ...composedEvent({ type, provider: providerId, ...written }, { id, projectId, receivedAt: now }),
    origin: 'triggered',
    editedFrom: null,
    headers: [['Content-Type', written.contentType], ['User-Agent', 'Hookloop'], ...written.headers],
  }
  return { event, body: written.body, policy: policy.preset }
}

function sampleGone(type: string): AppError {
  return new AppError('invalid_request', `The catalog has no sample of “${type}” any more.`, {
    field: 'events',
    hint: 'Give the workflow’s event data of its own.',
  })
}
