import type { Section } from '#shared/model/configuration/configuration.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { ofProject, ownKey, type Registry } from '../../registry.ts'
import {
  describeEndpoint,
  type Described,
  describeEventType,
  describeProvider,
  describeSource,
  describeWorkflow,
  isKeptByFiles,
} from './describe.ts'

/** One thing as a registry holds it. */
export interface Held {
  described: Described
  /** The registry’s own value: another one each time that it changes. */
  value: object
  /** Puts it, as it is here, into a registry. */
  put(registry: Registry): void
}

/** Everything of one section that files keep, oldest first. */
export function heldIn(section: Section, registry: Registry, projectId: ProjectId): Held[] {
  switch (section) {
    case 'providers':
      return ofProject(registry.providers, projectId).map((value) => ({
        value,
        described: describeProvider(value),
        put: ({ providers }) => void providers.set(ownKey(projectId, value.id), value),
      }))
    case 'eventTypes':
      return ofProject(registry.eventTypes, projectId).map((value) => ({
        value,
        described: describeEventType(value),
        put: ({ eventTypes }) => void eventTypes.set(value.id, value),
      }))
    case 'sources':
      return ofProject(registry.sources, projectId).map((value) => ({
        value,
        described: describeSource(value),
        put: ({ sources }) => void sources.set(value.id, value),
      }))
    case 'endpoints':
      return ofProject(registry.endpoints, projectId)
        .filter(isKeptByFiles)
        .map((value) => ({
          value,
          described: describeEndpoint(value),
          put: ({ endpoints }) => void endpoints.set(value.id, value),
        }))
    case 'workflows':
      return ofProject(registry.workflows, projectId).map((value) => ({
        value,
        described: describeWorkflow(value, registry),
        put: ({ workflows }) => void workflows.set(value.id, value),
      }))
    default:
      return section satisfies never
  }
}
