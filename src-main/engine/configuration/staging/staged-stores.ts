import type {
  ConfigurationStep,
  ConfiguredStores,
  EndpointStore,
  SealedSecret,
  SealedSourceSecret,
  SecretStore,
  SourceStore,
} from '../../ports.ts'
import type { Registry } from '../../registry.ts'

/** Stores that keep nothing: they note what they are asked to keep, and answer as if it were. */
export interface StagedStores {
  stores: ConfiguredStores
  /** What was asked so far, in order. */
  steps: ConfigurationStep[]
}

/** `registry` is the one on which it is tried: it tells which names are taken. */
export function stageStores(live: ConfiguredStores, registry: Registry): StagedStores {
  const steps: ConfigurationStep[] = []
  const note = (step: ConfigurationStep) => void steps.push(step)
  const stores: ConfiguredStores = {
    sources: stagedSources(live.sources, { registry, note }),
    ...stagedEndpoints(live, note),
    catalog: {
      ...live.catalog,
      // That its id is free was looked up on the registry; the stores say so once more in the end.
      createProvider: async (provider) => {
        note(({ catalog }) => catalog.createProvider(provider))
        return true
      },
      updateProvider: async (provider) => note(({ catalog }) => catalog.updateProvider(provider)),
      deleteProvider: async (provider) => note(({ catalog }) => catalog.deleteProvider(provider)),
      createEventType: async (type) => {
        note(({ catalog }) => catalog.createEventType(type))
        return true
      },
      updateEventType: async (type) => note(({ catalog }) => catalog.updateEventType(type)),
      deleteEventType: async (id) => note(({ catalog }) => catalog.deleteEventType(id)),
    },
    workflows: {
      ...live.workflows,
      put: async (workflow) => note(({ workflows }) => workflows.put(workflow)),
      delete: async (id) => {
        note(({ workflows }) => workflows.delete(id))
        return 0
      },
    },
  }
  return { stores, steps }
}

type Note = (step: ConfigurationStep) => void

function stagedSources(live: SourceStore, { registry, note }: { registry: Registry; note: Note }): SourceStore {
  const secrets = new Map<string, readonly SealedSourceSecret[]>()
  return {
    ...live,
    secrets: async (id) => secrets.get(id) ?? live.secrets(id),
    async create(source, given = []) {
      if ([...registry.sources.values()].some(({ slug }) => slug === source.slug)) return false
      secrets.set(source.id, given)
      note(({ sources }) => sources.create(source, given))
      return true
    },
    async update(source, options) {
      if (options?.secrets) secrets.set(source.id, options.secrets)
      note(({ sources }) => sources.update(source, options))
    },
    delete: async (id, now) => note(({ sources }) => sources.delete(id, now)),
  }
}

function stagedEndpoints(live: ConfiguredStores, note: Note): { endpoints: EndpointStore; secrets: SecretStore } {
  /** Of each endpoint that was touched, newest version first. */
  const staged = new Map<string, readonly SealedSecret[]>()
  const list: SecretStore['list'] = async (id) => staged.get(id) ?? live.secrets.list(id)
  const counted = (step: ConfigurationStep) => {
    note(step)
    return Promise.resolve(0)
  }

  return {
    endpoints: {
      ...live.endpoints,
      async create(endpoint, secrets) {
        staged.set(endpoint.id, secrets)
        note(({ endpoints }) => endpoints.create(endpoint, secrets))
      },
      addVersion: async (version, options) => note(({ endpoints }) => endpoints.addVersion(version, options)),
      // How many deliveries follow is known once it is done.
      pause: (step) => counted(({ endpoints }) => endpoints.pause(step)),
      resume: (step) => counted(({ endpoints }) => endpoints.resume(step)),
      delete: (step) => counted(({ endpoints }) => endpoints.delete(step)),
    },
    secrets: {
      ...live.secrets,
      list,
      async change(step) {
        const kept = (await list(step.endpointId)).filter(({ name }) => !step.remove.includes(name))
        staged.set(step.endpointId, newestFirst([...step.add, ...kept]))
        note(({ secrets }) => secrets.change(step))
      },
      async rotate(step) {
        const { endpointId, name, version, expiresAt, add } = step
        const aged = (await list(endpointId)).map((secret) =>
          secret.name === name && secret.version < version
            ? { ...secret, expiresAt: Math.min(secret.expiresAt ?? expiresAt, expiresAt) }
            : secret,
        )
        staged.set(endpointId, newestFirst(add ? [add, ...aged] : aged))
        note(({ secrets }) => secrets.rotate(step))
      },
    },
  }
}

function newestFirst(secrets: readonly SealedSecret[]): readonly SealedSecret[] {
  return secrets.toSorted((one, other) => other.version - one.version)
}
