import { alerts } from './alerts/alerts.ts'
import { caller } from './access/caller.ts'
import { keys } from './access/keys.ts'
import { audit } from './audit/audit.ts'
import { credentials } from './audit/credentials.ts'
import { eventTypes } from './catalog/event-types.ts'
import { providers } from './catalog/providers.ts'
import { trigger } from './catalog/trigger.ts'
import { configuration } from './configuration/configuration.ts'
import { deadLetters } from './dead-letters/dead-letters.ts'
import { deliveries } from './deliveries.ts'
import { endpoints as endpointActions } from './endpoints.ts'
import { stats } from './endpoints/stats.ts'
import { events } from './events.ts'
import { exports } from './exchange/exports.ts'
import { imports } from './exchange/imports.ts'
import { feed } from './feed.ts'
import { filters } from './filters/saved-filters.ts'
import { links } from './links/links.ts'
import { subscriptions } from './links/subscriptions.ts'
import { operations } from './operations/endpoint-operations.ts'
import { integrations } from './operations/integrations.ts'
import { overview } from './stats/overview.ts'
import { projects } from './projects.ts'
import { replays } from './replays.ts'
import { account } from './seeds/callbacks.ts'
import { webhooks } from './seeds/webhooks.ts'
import { signing } from './signing.ts'
import { sources } from './sources.ts'
import { backups } from './storage/backups.ts'
import { retention } from './storage/retention.ts'
import { storage } from './storage/storage.ts'
import { system } from './system.ts'
import { workflows } from './workflows/workflows.ts'
import { secrets } from './vault/secrets.ts'
import { vault } from './vault/vault.ts'

const catalog = { providers, eventTypes, trigger }
const endpoints = { ...endpointActions, stats }

/** The whole surface of the app, declared once: answered in `src-main/api`, carried over ports and HTTP. */
export const contract = {
  caller,
  keys,
  catalog,
  projects,
  sources,
  subscriptions,
  links,
  endpoints,
  operations,
  integrations,
  events,
  filters,
  deliveries,
  deadLetters,
  overview,
  alerts,
  replays,
  workflows,
  configuration,
  signing,
  vault: { secrets, vault },
  system,
  feed,
  exports,
  imports,
  backups,
  storage,
  retention,
  account,
  webhooks,
  audit,
  credentials,
}
export type Contract = typeof contract
