import { AppError } from '#shared/model/app-error.ts'
import { type Configuration, SECTIONS, type Section } from '#shared/model/configuration/configuration.ts'
import type { EventTypeEntry, ProviderEntry } from '#shared/model/configuration/entries.ts'
import type { ConfigurationProblem, PlannedField } from '#shared/model/configuration/plan.ts'
import { EventType } from '#shared/model/event.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { ProviderId } from '#shared/model/own-provider.ts'
import type { WorkflowDefinition } from '#shared/model/workflows/workflow.ts'
import type { Actor } from '../../engine.ts'
import { fieldsDiff } from '../../operations/config-diff.ts'
import { ofProject, ownKey } from '../../registry.ts'
import { findHeld, heldIn } from '../describing/kinds.ts'
import type { GivenValues } from './given-values.ts'
import { stageEndpoint } from './stage-endpoint.ts'
import { stageSource } from './stage-source.ts'
import { stageWorkflow } from './stage-workflow.ts'
import type { Stage } from './stage.ts'

export interface Wanted {
  projectId: ProjectId
  configuration: Configuration
  values: GivenValues
  /** Whether what a section does not name is to go. */
  prune: boolean
  actor: Actor
}

export interface Staged {
  problems: readonly ConfigurationProblem[]
  /** What was done to secrets, by the id of whose they are. */
  secrets: ReadonlyMap<string, readonly PlannedField[]>
}

/** Brings a stage to what a file says. What cannot be done is told, all of it, and the stage is of no use then. */
export async function stageConfiguration(stage: Stage, wanted: Wanted): Promise<Staged> {
  const problems: ConfigurationProblem[] = []
  const secrets = new Map<string, readonly PlannedField[]>()

  async function attempt(path: readonly string[], task: () => Promise<void>): Promise<void> {
    try {
      await task()
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      problems.push(problemOf(path, error))
    }
    await stage.pause()
  }

  async function putAll(section: Section): Promise<void> {
    for (const name of wanted.configuration[section]?.keys() ?? [])
      await attempt([section, name], () => put(stage, wanted, { section, name, secrets }))
  }

  async function pruneAll(section: Section): Promise<void> {
    const named = wanted.configuration[section]
    if (!wanted.prune || named === undefined) return
    for (const { name, id } of heldIn(section, stage.registry, wanted.projectId)) {
      if (!named.has(name)) await attempt([section], () => remove(stage, wanted.projectId, { section, name, id }))
    }
  }

  const [providers, eventTypes, ...users] = SECTIONS
  for (const section of [providers!, eventTypes!]) await putAll(section)
  // Places and names are free before others take them.
  for (const section of users.toReversed()) await pruneAll(section)
  for (const section of users) await putAll(section)
  // Nothing uses them any more.
  for (const section of [eventTypes!, providers!]) await pruneAll(section)
  problems.push(...missedEndpoints(stage, wanted.projectId))
  return { problems, secrets }
}

/** Endpoints that go while workflows that stay send to them. */
function missedEndpoints({ before, registry }: Stage, projectId: ProjectId): ConfigurationProblem[] {
  const gone = ofProject(before.endpoints, projectId).filter(({ id }) => !registry.endpoints.has(id))
  return gone.flatMap(({ id, version }) =>
    ofProject(registry.workflows, projectId)
      .filter(({ definition }) => endpointsOf(definition).includes(id))
      .map(({ name }) => ({
        path: ['endpoints'],
        message: `“${version.config.name}” is not named and would be removed, but the workflow “${name}” uses it.`,
        hint: 'Name it here, or change the workflow in the same file.',
      })),
  )
}

function endpointsOf({ targets, gate }: WorkflowDefinition): readonly string[] {
  const ids = targets.flatMap((target) => ('endpointId' in target ? [target.endpointId] : []))
  return gate ? [...ids, gate.endpointId] : ids
}

function problemOf(path: readonly string[], { field, message, hint }: AppError): ConfigurationProblem {
  return { path: [...path, ...(field === undefined ? [] : field.split('.'))], message, hint: hint ?? null }
}

interface Named {
  section: Section
  name: string
}

/** One entry; where it makes nothing different, nothing of it is left. */
async function put(
  stage: Stage,
  wanted: Wanted,
  { section, name, secrets }: Named & { secrets: Map<string, readonly PlannedField[]> },
): Promise<void> {
  const find = () => findHeld(section, stage.registry, { projectId: wanted.projectId, name })
  const before = find()
  const mark = stage.steps.length
  const changed = await putEntry(stage, wanted, { section, name })
  const after = find()!
  if (changed.length > 0) secrets.set(after.id, changed)
  const isSame =
    before && changed.length === 0 && fieldsDiff(before.describe().fields, after.describe().fields).length === 0
  if (!isSame) return
  stage.steps.length = mark
  before.put(stage.registry)
}

const NO_SECRETS: readonly PlannedField[] = []

async function putEntry(stage: Stage, wanted: Wanted, { section, name }: Named): Promise<readonly PlannedField[]> {
  const { projectId, configuration, values, actor } = wanted
  const named = { projectId, name }
  switch (section) {
    case 'providers':
      await putProvider(stage, named, configuration.providers!.get(name)!)
      return NO_SECRETS
    case 'eventTypes':
      await putEventType(stage, named, configuration.eventTypes!.get(name)!)
      return NO_SECRETS
    case 'sources':
      return stageSource(stage, { ...named, entry: configuration.sources!.get(name)!, values })
    case 'endpoints':
      return stageEndpoint(stage, { ...named, entry: configuration.endpoints!.get(name)!, values, actor })
    case 'workflows':
      await stageWorkflow(stage, { ...named, entry: configuration.workflows!.get(name)! })
      return NO_SECRETS
    default:
      return section satisfies never
  }
}

type InProject = { projectId: ProjectId; name: string }

async function putProvider(stage: Stage, { projectId, name: id }: InProject, entry: ProviderEntry): Promise<void> {
  const named = ProviderId.safeParse(id)
  if (!named.success)
    throw new AppError('invalid_request', `A provider’s id does not fit: ${named.error.issues[0]?.message}.`)
  if (stage.registry.providers.has(ownKey(projectId, id))) await stage.providers.update(projectId, id, entry)
  else await stage.providers.create(projectId, { id, ...entry })
}

async function putEventType(stage: Stage, { projectId, name: key }: InProject, entry: EventTypeEntry): Promise<void> {
  const { provider, name } = partsOf(key)
  const known = ofProject(stage.registry.eventTypes, projectId).find(
    (type) => type.provider === provider && type.name === name,
  )
  if (known) await stage.eventTypes.update(projectId, known.id, entry)
  else await stage.eventTypes.create(projectId, { provider, name, ...entry })
}

/** Of `acme/order.paid`. */
function partsOf(key: string): { provider: string; name: string } {
  const slash = key.indexOf('/')
  const name = EventType.safeParse(key.slice(slash + 1))
  if (slash > 0 && name.success) return { provider: key.slice(0, slash), name: name.data }
  throw new AppError('invalid_request', 'An event type is named by its provider, a slash and its own name.', {
    hint: 'Write it such as standard-webhooks/order.paid.',
  })
}

async function remove(
  stage: Stage,
  projectId: ProjectId,
  { section, id, name }: Named & { id: string },
): Promise<void> {
  switch (section) {
    case 'providers':
      await stage.providers.delete(projectId, id)
      return
    case 'eventTypes':
      return stage.eventTypes.delete(projectId, id)
    case 'sources':
      return stage.sources.delete(stage.sources.resolve(projectId, id))
    case 'endpoints':
      await stage.endpoints.delete(stage.endpoints.resolve(projectId, id))
      return
    case 'workflows':
      await stage.workflows.delete(projectId, name)
      return
    default:
      section satisfies never
  }
}
