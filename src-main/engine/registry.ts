import type { EndpointVersion } from '#shared/model/endpoint.ts'
import type { EndpointVersionId, EventTypeId, ProjectId, SourceId, WorkflowId } from '#shared/model/ids.ts'
import type { OwnEventType } from '#shared/model/own-event-type.ts'
import type { OwnProvider } from '#shared/model/own-provider.ts'
import type { Link } from '#shared/model/link/link.ts'
import type { Project } from '#shared/model/project.ts'
import type { Source } from '#shared/model/source.ts'
import type { Workflow } from '#shared/model/workflows/workflow.ts'
import { EndpointTable } from './endpoints/endpoint-table.ts'
import type { Store } from './ports.ts'

/**
 * The configuration in memory, so that a capture or an attempt reads no table for it.
 * Whoever changes the store changes this at once afterwards.
 */
export interface Registry {
  projects: Map<ProjectId, Project>
  sources: Map<SourceId, Source>
  /** What feeds a source from a relay; nobody else puts anything into one that is here. */
  links: Map<SourceId, Link>
  /** How many answers each source's script has given. */
  answersGiven: Map<SourceId, number>
  endpoints: EndpointTable
  /** Earlier versions that deliveries are bound to. */
  pinnedVersions: Map<EndpointVersionId, EndpointVersion>
  /** Those that projects added, by project and id (`ownKey`). */
  providers: Map<string, OwnProvider>
  eventTypes: Map<EventTypeId, OwnEventType>
  workflows: Map<WorkflowId, Workflow>
}

/** Under which an own provider is kept: its id is its project's. */
export const ownKey = (projectId: ProjectId, id: string): string => `${projectId}/${id}`

export async function loadRegistry(store: Store): Promise<Registry> {
  const [projects, sources, answersGiven, endpoints, pinnedVersions, providers, eventTypes, workflows, links] =
    await Promise.all([
      store.projects.list(),
      store.sources.list(),
      store.sources.answersGiven(),
      store.endpoints.list(),
      store.endpoints.pinnedVersions(),
      store.catalog.providers(),
      store.catalog.eventTypes(),
      store.workflows.list(),
      store.links.list(),
    ])
  return {
    projects: new Map(projects.map((project) => [project.id, project])),
    sources: new Map(sources.map((source) => [source.id, source])),
    links: new Map(links.map((link) => [link.sourceId, link])),
    answersGiven: new Map(answersGiven),
    endpoints: new EndpointTable(endpoints),
    pinnedVersions: new Map(pinnedVersions.map((version) => [version.id, version])),
    providers: new Map(providers.map((provider) => [ownKey(provider.projectId, provider.id), provider])),
    eventTypes: new Map(eventTypes.map((type) => [type.id, type])),
    workflows: new Map(workflows.map((workflow) => [workflow.id, workflow])),
  }
}

/** What belongs to one project, oldest first. */
export function ofProject<T extends { projectId: ProjectId }>(all: ReadonlyMap<unknown, T>, projectId: ProjectId): T[] {
  const found: T[] = []
  for (const entry of all.values()) if (entry.projectId === projectId) found.push(entry)
  return found
}
