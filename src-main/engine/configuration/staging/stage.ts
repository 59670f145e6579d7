import { createSources } from '../../capture/sources.ts'
import type { SourcesApi } from '../../capture/sources-api.ts'
import { createSourceSecrets } from '../../capture/source-secrets.ts'
import { createCatalog } from '../../catalog/catalog.ts'
import type { OwnEventTypesApi, OwnProvidersApi } from '../../catalog/catalog-api.ts'
import { createOwnEventTypes } from '../../catalog/own/own-event-types.ts'
import { createOwnProviders } from '../../catalog/own/own-providers.ts'
import type { Provider } from '../../catalog/provider.ts'
import { createEndpoints } from '../../endpoints/endpoints.ts'
import { createNamedSecrets } from '../../endpoints/named-secrets.ts'
import { createSigningSecrets, type SigningSecrets } from '../../endpoints/signing-secrets.ts'
import type { Change, EndpointsApi } from '../../engine.ts'
import { createFeed } from '../../feed.ts'
import type { AddressGuard, Clock, ConfiguredStores, Ids, Log, Random, Store } from '../../ports.ts'
import type { Registry } from '../../registry.ts'
import type { SecretKeeper } from '../../secrets/secret-keeper.ts'
import type { Transformations } from '../../transformation/transformations.ts'
import type { Runner } from '../../workflows/run/runner.ts'
import { createWorkflows } from '../../workflows/workflows.ts'
import type { WorkflowsApi } from '../../workflows/workflows-api.ts'
import { copyOf } from './staged-registry.ts'
import { type StagedStores, stageStores } from './staged-stores.ts'

export interface StageDeps {
  store: ConfiguredStores & Pick<Store, 'deliveries'>
  registry: Registry
  builtIn: readonly Provider[]
  keeper: SecretKeeper
  guard: AddressGuard
  transformations: Pick<Transformations, 'check'>
  runner: Runner
  clock: Clock
  ids: Ids
  random: Random
  log: Log
}

/** The configuration as it would be: the services that change it, on a registry and stores that nobody else sees. */
export interface Stage extends StagedStores {
  /** As it was when it began. */
  before: Registry
  registry: Registry
  sources: SourcesApi
  endpoints: EndpointsApi
  providers: OwnProvidersApi
  eventTypes: OwnEventTypesApi
  workflows: Pick<WorkflowsApi, 'list' | 'put' | 'delete'>
  signingSecrets: SigningSecrets
  keeper: SecretKeeper
  /** Lets others have a turn, where the work has taken long since they last had one. */
  pause(): Promise<void>
}

/** So long the work may hold up everything else, deliveries among it. */
const LONGEST_MS = 10

/** Everything is checked as it is for a person's own calls, for the very same services do it. */
export function createStage(deps: StageDeps): Stage {
  const { keeper, clock, ids, random, log, guard, transformations } = deps
  const before = copyOf(deps.registry)
  const registry = copyOf(deps.registry)
  const staged = stageStores(deps.store, registry)
  const { stores } = staged
  const catalog = createCatalog({ builtIn: deps.builtIn, registry })
  const shared = { registry, catalog, clock, ids, random, guard, log, keeper, changes: createFeed<Change>() }
  const signingSecrets = createSigningSecrets({ ...shared, store: stores.secrets })
  const endpoints = createEndpoints({
    ...shared,
    store: stores.endpoints,
    secretStore: stores.secrets,
    deliveries: deps.store.deliveries,
    signingSecrets,
    namedSecrets: createNamedSecrets({ ...shared, store: stores.secrets }),
    transformations,
    onReleased: () => {},
  })
  const secrets = createSourceSecrets({ ...shared, store: stores.sources })
  const catalogDeps = { ...shared, store: stores.catalog }
  return {
    ...staged,
    before,
    registry,
    endpoints,
    signingSecrets,
    keeper,
    pause: createPause(clock),
    sources: createSources({ ...shared, store: stores.sources, secrets }),
    providers: createOwnProviders(catalogDeps),
    eventTypes: createOwnEventTypes(catalogDeps),
    workflows: createWorkflows({
      ...shared,
      store: stores.workflows,
      endpoints,
      runner: deps.runner,
      onRescheduled: () => {},
    }),
  }
}

function createPause(clock: Pick<Clock, 'monotonic' | 'after'>): Stage['pause'] {
  let begunAt = clock.monotonic()
  return async () => {
    if (clock.monotonic() - begunAt < LONGEST_MS) return
    await new Promise<void>((resolve) => void clock.after(0, resolve))
    begunAt = clock.monotonic()
  }
}
