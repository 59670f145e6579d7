import { AppError } from '#shared/model/app-error.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { Workflow, WorkflowDefinition } from '#shared/model/workflows/workflow.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { POLICY_PRESETS, presetOf } from '../../delivery/policies.ts'
import type { EndpointsApi } from '../../engine.ts'
import type { AddressGuard } from '../../ports.ts'
import { checkSchedule } from '../schedule/cron.ts'
import { chosenTargets, targetUrls } from './targets.ts'
import { variablesIn } from './variables.ts'

export interface DefinitionRules {
  endpoints: Pick<EndpointsApi, 'find'>
  catalog: Pick<Catalog, 'resolve'>
  guard: AddressGuard
}

/** Throws `AppError` that names the field unless such a workflow can run. */
export function checkDefinition(
  { projectId, definition }: Pick<Workflow, 'projectId' | 'definition'>,
  rules: DefinitionRules,
  now: number,
): void {
  const { targets, events, variables, options, schedule, gate } = definition
  const known = new Set(Object.keys(variables))
  for (const [index, target] of targets.entries()) {
    if ('url' in target) checkVariables(target.url, known, `targets.${index}.url`)
    else checkEndpoint(projectId, target.endpointId, { field: `targets.${index}.endpointId`, rules })
  }
  targetUrls(targets, { variables, guard: rules.guard, fieldOf: (index) => `targets.${index}.url` })
  for (const [index, event] of events.entries()) {
    checkEvent(projectId, event, { field: `events.${index}`, rules })
    checkVariables(event.data, known, `events.${index}.data`)
  }
  checkPolicy(options.policy)
  if (gate) checkEndpoint(projectId, gate.endpointId, { field: 'gate.endpointId', rules })
  if (!schedule) return
  checkSchedule(schedule, now)
  chosenTargets(definition, schedule.tags, 'schedule.tags')
}

function checkVariables(value: unknown, known: ReadonlySet<string>, field: string): void {
  const [unknown] = [...variablesIn(value)].filter((name) => !known.has(name))
  if (unknown === undefined) return
  throw new AppError('invalid_request', `The variable “${unknown}” is not among the workflow’s.`, {
    field,
    hint: `Add it to variables with the value that counts where a run gives none: {"${unknown}": "…"}.`,
  })
}

function checkEndpoint(
  projectId: ProjectId,
  id: string,
  { field, rules }: { field: string; rules: Pick<DefinitionRules, 'endpoints'> },
): void {
  if (rules.endpoints.find(projectId, id)) return
  throw new AppError('invalid_request', `There is no endpoint “${id}” in this project.`, {
    field,
    hint: 'GET /api/v1/endpoints lists them.',
  })
}

function checkEvent(
  projectId: ProjectId,
  { type, provider, data }: WorkflowDefinition['events'][number],
  { field, rules }: { field: string; rules: Pick<DefinitionRules, 'catalog'> },
): void {
  if (provider === null) {
    if (data !== undefined) return
    throw new AppError('invalid_request', 'An event of no provider has no sample that could be sent.', {
      field: `${field}.data`,
      hint: 'Give data, or name the provider whose sample is sent.',
    })
  }
  const { eventTypes } = rules.catalog.resolve(projectId, provider)
  if (data !== undefined || eventTypes.some(({ name }) => name === type)) return
  throw new AppError('invalid_request', `“${provider}” has no event type “${type}”, and so no sample of it.`, {
    field: `${field}.type`,
    hint: `Give data, or use one of ${eventTypes.map(({ name }) => name).join(', ')}.`,
  })
}

function checkPolicy(policy: string | null): void {
  if (policy === null || presetOf(policy)) return
  throw new AppError('invalid_request', `There is no policy “${policy}”.`, {
    field: 'options.policy',
    hint: `Use one of: ${POLICY_PRESETS.map(({ id }) => id).join(', ')}.`,
  })
}
