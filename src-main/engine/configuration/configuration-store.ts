import type { CatalogStore } from '../catalog/catalog-store.ts'
import type { EndpointStore } from '../ports/endpoint-store.ts'
import type { SecretStore } from '../ports/secret-store.ts'
import type { SourceStore } from '../ports/source-store.ts'
import type { WorkflowStore } from '../workflows/workflow-store.ts'

/** Where the configuration of projects is kept. */
export interface ConfiguredStores {
  sources: SourceStore
  endpoints: EndpointStore
  secrets: SecretStore
  catalog: CatalogStore
  workflows: WorkflowStore
}

/** One call of one of these stores that changes something. It may be made twice, and changes nothing else. */
export type ConfigurationStep = (stores: ConfiguredStores) => Promise<unknown>

export interface ConfigurationStore {
  /**
   * Makes all the calls, one after the other, as one step: all of them last, or none. Resolves to false, keeping nothing,
   * where one of them resolves to false, or adds what
   * is there already.
   */
  together(steps: readonly ConfigurationStep[]): Promise<boolean>
}
