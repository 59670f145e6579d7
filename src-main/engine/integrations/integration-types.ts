import { AppError } from '#shared/model/app-error.ts'
import type { IntegrationKind } from '#shared/model/integration.ts'
import type { IntegrationType } from './integration-type.ts'
import { ga4 } from './kinds/ga4.ts'
import { googleAds } from './kinds/google-ads.ts'
import { meta } from './kinds/meta.ts'

const TYPES: Readonly<Record<IntegrationKind, IntegrationType>> = { ga4, meta, google_ads: googleAds }

export const INTEGRATION_TYPES: readonly IntegrationType[] = Object.values(TYPES)

export function integrationType(kind: IntegrationKind): IntegrationType {
  return TYPES[kind]
}

/** The named secrets that an integration sends. */
export function credentialNames(kind: IntegrationKind): readonly string[] {
  return TYPES[kind].secrets.map(({ name }) => name)
}

/** By id or alias. Throws `AppError` `unknown_provider`. */
export function resolveIntegrationType(id: string): IntegrationType {
  const found = INTEGRATION_TYPES.find((type) => type.id === id || type.aliases.includes(id))
  if (found) return found
  const known = INTEGRATION_TYPES.flatMap((type) => [type.id, ...type.aliases])
  throw new AppError('unknown_provider', `There is no integration “${id.slice(0, 60)}”.`, {
    field: 'provider',
    hint: `Use ${known.slice(0, -1).join(', ')} or ${known.at(-1)}.`,
  })
}
