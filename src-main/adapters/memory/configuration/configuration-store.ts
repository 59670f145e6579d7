import type { ConfigurationStore, ConfiguredStores } from '#main/engine/ports.ts'
import { createEndpointStore } from '../endpoint-store.ts'
import { createSecretStore } from '../secret-store.ts'
import { createSourceStore } from '../source-store.ts'
import type { MemoryState } from '../state.ts'
import { createWorkflowStore } from '../workflows/workflow-store.ts'
import { createCatalogStore } from './catalog-store.ts'

export function createConfigurationStore(state: MemoryState): ConfigurationStore {
  const stores: ConfiguredStores = {
    sources: createSourceStore(state),
    endpoints: createEndpointStore(state),
    secrets: createSecretStore(state),
    catalog: createCatalogStore(state),
    workflows: createWorkflowStore(state),
  }

  return {
    async together(steps) {
      const undo = remember(state)
      // Each store changes the state before it first waits, so nobody sees a part of it.
      const results = await Promise.allSettled(steps.map((step) => step(stores)))
      const failed = results.find((result) => result.status === 'rejected')
      const isRefused = results.some((result) => result.status === 'fulfilled' && result.value === false)
      if (failed || isRefused) undo()
      if (failed) throw failed.reason
      return !isRefused
    },
  }
}

/** What is to be called to bring back what can change of a project's configuration, and the deliveries that follow it. */
function remember(state: MemoryState): () => void {
  const maps = [
    state.sources,
    state.sourceSecrets,
    state.scriptSteps,
    state.links,
    state.endpoints,
    state.versions,
    state.secretFacts,
    state.providers,
    state.eventTypes,
    state.workflows,
    state.workflowRuns,
    state.subscriptions,
  ].map((map) => [map, [...map]] as const)
  const secrets = [...state.secrets]
  const deliveries = [...state.deliveries.values()].map((stored) => [stored, stored.delivery] as const)
  return () => {
    for (const [map, entries] of maps) {
      map.clear()
      for (const [key, value] of entries) (map as Map<unknown, unknown>).set(key, value)
    }
    state.secrets.splice(0, state.secrets.length, ...secrets)
    for (const [stored, delivery] of deliveries) stored.delivery = delivery
  }
}
