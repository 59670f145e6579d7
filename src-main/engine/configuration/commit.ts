import { AppError } from '#shared/model/app-error.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { EndpointId, ProjectId, SourceId, WorkflowId } from '#shared/model/ids.ts'
import { jsonEqual } from '../conditions/json-equal.ts'
import type { Change } from '../engine.ts'
import type { Feed } from '../feed.ts'
import type { Store } from '../ports.ts'
import type { Registry } from '../registry.ts'
import type { Stage } from './staging/stage.ts'

export interface CommitDeps {
  store: Pick<Store, 'configuration'>
  registry: Registry
  changes: Feed<Change>
  /** Whether a run of the workflow goes on. */
  isRunning(workflowId: WorkflowId): boolean
  /** Its secrets are to be read anew. */
  forgetSource(sourceId: SourceId): void
  forgetEndpoint(endpointId: EndpointId): void
  /** Deliveries of it that were held are due. */
  onReleased(endpointId: EndpointId): void
  onRescheduled(): void
}

/**
 * Makes what was tried on a stage last, all of it or nothing. `secretsOf` are the ids of those whose secrets it changes. Throws
 * `AppError` `plan_outdated` where somebody else changed the same meanwhile.
 */
export async function commit(
  deps: CommitDeps,
  stage: Stage,
  { projectId, secretsOf }: { projectId: ProjectId; secretsOf: Iterable<string> },
): Promise<void> {
  const { steps, before, registry: after } = stage
  if (steps.length === 0) return
  const { registry: live } = deps
  if (!isAsItWas(deps, before, after)) throw outdated()
  // Known before they are stored, so that no attempt meets a version that it cannot look up.
  for (const [id, version] of after.pinnedVersions) live.pinnedVersions.set(id, version)
  if (!(await deps.store.configuration.together(steps))) throw outdated()
  takeCatalog(deps, stage, projectId)
  takeSources(deps, stage)
  takeEndpoints(deps, stage, secretsOf)
  takeWorkflows(deps, stage)
}

export function outdated(): AppError {
  return new AppError('plan_outdated', 'The configuration changed since it was planned, and nothing was applied.', {
    hint: 'Plan it again, and look at what it does now.',
  })
}

interface Moved<K, V> {
  /** What is new or another than before. */
  set: readonly (readonly [key: K, value: V])[]
  gone: readonly (readonly [key: K, value: V])[]
}

function moved<K, V>(before: ReadonlyMap<K, V>, after: ReadonlyMap<K, V>): Moved<K, V> {
  return {
    set: [...after].filter(([key, value]) => before.get(key) !== value),
    gone: [...before].filter(([key]) => !after.has(key)),
  }
}

/** Whether everything that is about to change is still as it was when the stage began. */
function isAsItWas({ registry: live, isRunning }: CommitDeps, before: Registry, after: Registry): boolean {
  const same = <K, V>(
    name: (registry: Registry) => ReadonlyMap<K, V>,
    view: (value: V) => unknown = (value) => value,
  ) => {
    const { set, gone } = moved(name(before), name(after))
    return [...set, ...gone].every(([key]) => {
      const [was, is] = [name(before).get(key), name(live).get(key)]
      return was === undefined || is === undefined ? was === is : view(was) === view(is)
    })
  }
  return (
    same((registry) => registry.providers) &&
    same((registry) => registry.eventTypes) &&
    same((registry) => registry.sources) &&
    // Attempts count its failures all the time, and starts by schedule are noted at the workflow.
    same(
      (registry): ReadonlyMap<EndpointId, Endpoint> => registry.endpoints,
      ({ version }) => version,
    ) &&
    same(
      (registry): ReadonlyMap<EndpointId, Endpoint> => registry.endpoints,
      ({ pausedReason }) => pausedReason,
    ) &&
    same(
      (registry) => registry.workflows,
      ({ definition }) => definition,
    ) &&
    !moved(before.workflows, after.workflows).gone.some(([id]) => isRunning(id))
  )
}

function takeCatalog(
  { registry: live, changes }: CommitDeps,
  { before, registry: after }: Stage,
  projectId: ProjectId,
): void {
  const providers = moved(before.providers, after.providers)
  for (const [key, value] of providers.set) live.providers.set(key, value)
  for (const [key] of providers.gone) live.providers.delete(key)
  const types = moved(before.eventTypes, after.eventTypes)
  for (const [id, value] of types.set) live.eventTypes.set(id, value)
  for (const [id] of types.gone) live.eventTypes.delete(id)
  if (providers.set.length + providers.gone.length > 0) changes.publish({ type: 'catalog.changed', projectId })
  for (const [, { name }] of [...types.set, ...types.gone])
    changes.publish({ type: 'catalog.changed', projectId, eventType: name })
}

function takeSources({ registry: live, changes, forgetSource }: CommitDeps, { before, registry: after }: Stage): void {
  const { set, gone } = moved(before.sources, after.sources)
  for (const [id, source] of set) {
    live.sources.set(id, source)
    // A new answer begins its script at the first step.
    if (!jsonEqual(before.sources.get(id)?.answer, source.answer)) live.answersGiven.delete(id)
  }
  for (const [id] of gone) {
    live.sources.delete(id)
    live.links.delete(id)
  }
  for (const [id, { projectId }] of [...set, ...gone]) {
    forgetSource(id)
    changes.publish({ type: 'source.changed', projectId, sourceId: id })
  }
}

function takeEndpoints(
  { registry: live, changes, forgetEndpoint, onReleased }: CommitDeps,
  { before, registry: after }: Stage,
  secretsOf: Iterable<string>,
): void {
  const { set, gone } = moved<EndpointId, Endpoint>(before.endpoints, after.endpoints)
  const tell = ({ id, projectId }: Endpoint, hasMoved: boolean) => {
    changes.publish({ type: 'endpoint.changed', projectId, endpointId: id })
    if (hasMoved) changes.publish({ type: 'deliveries.changed', projectId })
  }
  for (const id of secretsOf) {
    forgetEndpoint(id as EndpointId)
    const endpoint = after.endpoints.get(id as EndpointId)
    if (endpoint && endpoint === before.endpoints.get(endpoint.id)) tell(endpoint, false)
  }
  for (const [id, endpoint] of set) {
    const was = before.endpoints.get(id)
    const turned = was?.state !== endpoint.state || was.pausedReason !== endpoint.pausedReason
    live.endpoints.set(id, turned ? endpoint : { ...(live.endpoints.get(id) ?? endpoint), version: endpoint.version })
    if (was && turned && endpoint.state === 'active') onReleased(id)
    tell(endpoint, was !== undefined && turned)
  }
  for (const [id, endpoint] of gone) {
    live.endpoints.delete(id)
    tell(endpoint, true)
  }
}

function takeWorkflows(
  { registry: live, changes, onRescheduled }: CommitDeps,
  { before, registry: after }: Stage,
): void {
  const { set, gone } = moved(before.workflows, after.workflows)
  for (const [id, workflow] of set) {
    const seenToAt = Math.max(workflow.seenToAt, live.workflows.get(id)?.seenToAt ?? 0)
    live.workflows.set(id, { ...workflow, seenToAt })
  }
  for (const [id] of gone) live.workflows.delete(id)
  for (const [id, { projectId }] of [...set, ...gone])
    changes.publish({ type: 'workflow.changed', projectId, workflowId: id })
  if (set.length + gone.length > 0) onRescheduled()
}
