import { alertHandlers } from './handlers/alerts/alerts.ts'
import { callerHandler } from './handlers/access/caller.ts'
import { keyHandlers } from './handlers/access/keys.ts'
import { auditHandlers } from './handlers/audit/audit.ts'
import { credentialsHandler } from './handlers/audit/credentials.ts'
import { eventTypeHandlers } from './handlers/catalog/event-types.ts'
import { providerHandlers } from './handlers/catalog/providers.ts'
import { triggerHandler } from './handlers/catalog/trigger.ts'
import { configurationHandlers } from './handlers/configuration/configuration.ts'
import { deadLetterHandlers } from './handlers/dead-letters/dead-letters.ts'
import { deliveryHandlers } from './handlers/deliveries.ts'
import { endpointHandlers } from './handlers/endpoints.ts'
import { endpointStatsHandler } from './handlers/endpoints/stats.ts'
import { eventHandlers } from './handlers/events.ts'
import { exportHandlers } from './handlers/exchange/exports.ts'
import { importHandlers } from './handlers/exchange/imports.ts'
import { feedHandler } from './handlers/feed.ts'
import { filterHandlers } from './handlers/events/saved-filters.ts'
import { integrationHandlers } from './handlers/operations/integrations.ts'
import { operationHandlers } from './handlers/operations/endpoint-operations.ts'
import { overviewHandler } from './handlers/stats/overview.ts'
import { linkHandlers } from './handlers/links/links.ts'
import { subscriptionHandlers } from './handlers/links/subscriptions.ts'
import { procedures } from './handlers/procedures.ts'
import { projectHandlers } from './handlers/projects.ts'
import { replayHandlers } from './handlers/replays.ts'
import { accountHandlers } from './handlers/seeds/account.ts'
import { webhookHandlers } from './handlers/seeds/webhooks.ts'
import { signingHandlers } from './handlers/signing.ts'
import { sourceHandlers } from './handlers/sources.ts'
import { backupHandlers } from './handlers/storage/backups.ts'
import { retentionHandlers } from './handlers/storage/retention.ts'
import { storageHandlers } from './handlers/storage/storage.ts'
import { systemHandlers } from './handlers/system.ts'
import { workflowHandlers } from './handlers/workflows/workflows.ts'
import { secretHandlers } from './handlers/vault/secrets.ts'
import { vaultHandlers } from './handlers/vault/vault.ts'

/** The whole contract, answered once for every carrier; a procedure left out does not compile. */
export function createRouter() {
  return procedures.router({
    caller: callerHandler,
    keys: keyHandlers,
    catalog: { providers: providerHandlers, eventTypes: eventTypeHandlers, trigger: triggerHandler },
    projects: projectHandlers,
    sources: sourceHandlers,
    subscriptions: subscriptionHandlers,
    links: linkHandlers,
    endpoints: { ...endpointHandlers, stats: endpointStatsHandler },
    operations: operationHandlers,
    integrations: integrationHandlers,
    events: eventHandlers,
    filters: filterHandlers,
    deliveries: deliveryHandlers,
    deadLetters: deadLetterHandlers,
    overview: overviewHandler,
    alerts: alertHandlers,
    replays: replayHandlers,
    workflows: workflowHandlers,
    configuration: configurationHandlers,
    signing: signingHandlers,
    vault: { secrets: secretHandlers, vault: vaultHandlers },
    system: systemHandlers,
    feed: feedHandler,
    exports: exportHandlers,
    imports: importHandlers,
    backups: backupHandlers,
    storage: storageHandlers,
    retention: retentionHandlers,
    account: accountHandlers,
    webhooks: webhookHandlers,
    audit: auditHandlers,
    credentials: credentialsHandler,
  })
}

export type ApiRouter = ReturnType<typeof createRouter>
