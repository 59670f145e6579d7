import { AppError } from '#shared/model/app-error.ts'
import type { ProviderDefinition } from '#shared/model/own-provider.ts'
import type { Change } from '../engine.ts'
import type { Feed } from '../feed.ts'
import type { CatalogStore, Clock, Ids, Random } from '../ports.ts'
import type { Registry } from '../registry.ts'
import { newSecret } from '../signing/secret.ts'
import { sign } from '../signing/sign.ts'
import type { Catalog } from './catalog.ts'
import type { CatalogApi, Preview } from './catalog-api.ts'
import { inferSchema } from './infer-schema.ts'
import { createOwnEventTypes } from './own/own-event-types.ts'
import { createOwnProviders } from './own/own-providers.ts'
import { toScheme } from './own/to-provider.ts'
import { encode } from './trigger/compose-message.ts'

export interface CatalogApiDeps {
  catalog: Catalog
  store: CatalogStore
  registry: Registry
  clock: Clock
  ids: Ids
  random: Random
  changes: Feed<Change>
}

/** The catalog as people see and extend it. */
export function createCatalogApi(deps: CatalogApiDeps): CatalogApi {
  const { catalog, clock, ids, random } = deps
  const providers = createOwnProviders(deps)

  function preview(definition: ProviderDefinition, sample: unknown): Preview {
    const problem = problemOf(() => providers.check(definition))
    if (problem || !definition.signing) return { secret: null, headers: [], problem }
    const scheme = toScheme(definition.signing, definition.recognition)
    const secret = newSecret(scheme, random)
    const headers = sign(scheme, {
      secrets: [secret],
      id: ids.next('evt'),
      deliveryId: ids.next('dlv'),
      timestampMs: clock.now(),
      type: 'sample.event',
      body: encode(sample, definition.bodyFormat).body,
      url: 'https://receiver.example/hooks',
    })
    return { secret, headers, problem: null }
  }

  return {
    list: catalog.list,
    resolve: catalog.resolve,
    isBuiltIn: catalog.isBuiltIn,
    schemaOf: ({ schema, sample }) => schema ?? inferSchema(sample),
    preview,
    providers,
    eventTypes: createOwnEventTypes(deps),
  }
}

function problemOf(check: () => void): Preview['problem'] {
  try {
    check()
    return null
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { field: error.field ?? null, message: error.message, hint: error.hint ?? null }
  }
}
