import { EndpointTable } from '../../endpoints/endpoint-table.ts'
import type { Registry } from '../../registry.ts'

/** A registry of its own with the same entries: what is tried on it is seen by nobody. */
export function copyOf(registry: Registry): Registry {
  return {
    projects: registry.projects,
    sources: new Map(registry.sources),
    links: new Map(registry.links),
    answersGiven: new Map(registry.answersGiven),
    endpoints: new EndpointTable([...registry.endpoints.values()]),
    pinnedVersions: new Map(registry.pinnedVersions),
    providers: new Map(registry.providers),
    eventTypes: new Map(registry.eventTypes),
    workflows: new Map(registry.workflows),
  }
}
