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
  /** As a file names it. */
  name: string
  id: string
  /** The registry’s own value: another one each time that it changes. */
  value: object
  describe(): Described
  /** Puts it, as it is here, into a registry. */
  put(registry: Registry): void
}

/** How a registry holds what one section of a file names. */
interface Kind {
  all(registry: Registry, projectId: ProjectId): Held[]
  find(registry: Registry, projectId: ProjectId, name: string): Held | null
}

interface Parts<T> {
  values(registry: Registry): ReadonlyMap<unknown, T>
  isMeant?(value: T): boolean
  name(value: T): string
  describe(value: T, registry: Registry): Described
  put(registry: Registry, value: T): void
}

function kindOf<T extends { id: string; projectId: ProjectId }>(parts: Parts<T>): Kind {
  const { isMeant = () => true } = parts
  const held = (value: T, registry: Registry): Held => ({
    name: parts.name(value),
    id: value.id,
    value,
    describe: () => parts.describe(value, registry),
    put: (into) => parts.put(into, value),
  })
  return {
    all: (registry, projectId) =>
      ofProject(parts.values(registry), projectId)
        .filter(isMeant)
        .map((value) => held(value, registry)),
    find(registry, projectId, name) {
      for (const value of parts.values(registry).values()) {
        if (value.projectId === projectId && parts.name(value) === name && isMeant(value)) return held(value, registry)
      }
      return null
    },
  }
}

const KINDS: Readonly<Record<Section, Kind>> = {
  providers: kindOf({
    values: ({ providers }) => providers,
    name: ({ id }) => id,
    describe: describeProvider,
    put: ({ providers }, value) => providers.set(ownKey(value.projectId, value.id), value),
  }),
  eventTypes: kindOf({
    values: ({ eventTypes }) => eventTypes,
    name: ({ provider, name }) => `${provider}/${name}`,
    describe: describeEventType,
    put: ({ eventTypes }, value) => eventTypes.set(value.id, value),
  }),
  sources: kindOf({
    values: ({ sources }) => sources,
    name: ({ slug }) => slug,
    describe: describeSource,
    put: ({ sources }, value) => sources.set(value.id, value),
  }),
  endpoints: kindOf({
    values: ({ endpoints }) => endpoints,
    isMeant: isKeptByFiles,
    name: ({ version }) => version.config.name,
    describe: describeEndpoint,
    put: ({ endpoints }, value) => endpoints.set(value.id, value),
  }),
  workflows: kindOf({
    values: ({ workflows }) => workflows,
    name: ({ name }) => name,
    describe: describeWorkflow,
    put: ({ workflows }, value) => workflows.set(value.id, value),
  }),
}

/** Everything of one section that files keep, oldest first. */
export function heldIn(section: Section, registry: Registry, projectId: ProjectId): Held[] {
  return KINDS[section].all(registry, projectId)
}

/** What a section of a file names so; null where there is none. */
export function findHeld(
  section: Section,
  registry: Registry,
  named: { projectId: ProjectId; name: string },
): Held | null {
  return KINDS[section].find(registry, named.projectId, named.name)
}
