import type { Log, Store } from '#main/engine/ports.ts'
import { createConnection, type Connection, type OtherThreads } from './connection.ts'
import { createAuditStore } from './audit/audit-store.ts'
import { createKeyStore } from './access/key-store.ts'
import { createConfigurationStore } from './configuration/configuration-store.ts'
import { createCatalogStore } from './configuration/catalog-store.ts'
import { createDeliveryStore } from './deliveries/delivery-store.ts'
import { createRawAnswerStore } from './vault/raw-answers.ts'
import { createSenderStore } from './sender-store.ts'
import { createEndpointStore } from './configuration/endpoint-store.ts'
import { createDriftStore } from './drift/drift-store.ts'
import { createEventStore } from './events/event-store.ts'
import { openDatabase } from './opening/open-database.ts'
import { createOperationsStore } from './operations/operations-store.ts'
import { createProjectStore } from './configuration/project-store.ts'
import { createReadMarkStore } from './marks/read-mark-store.ts'
import { createReplayStore } from './replays/replay-store.ts'
import { createRetentionStore } from './retention/retention-store.ts'
import { createRunStore } from './run-store.ts'
import { createSecretStore } from './configuration/secret-store.ts'
import { createSettingStore } from './configuration/setting-store.ts'
import { createSourceStore } from './configuration/source-store.ts'
import { createAlertStore } from './alerts/alert-store.ts'
import { createDeadLetterStore } from './dead-letters/dead-letter-store.ts'
import { createWorkflowStore } from './workflows/workflow-store.ts'
import { createFigureStore } from './stats/figure-store.ts'
import { createStatsStore } from './stats/stats-store.ts'
import { createDataKeyStore } from './vault/data-key-store.ts'
import { createLinkStore } from './links/link-store.ts'
import { createSubscriptionStore } from './subscriptions/subscription-store.ts'
import { createVaultStore } from './vault/vault-store.ts'

/** Opens, and makes or upgrades, the database at `path`, which the other threads work on, too. Throws `DatabaseOpenError`, leaving the file as it was. */
export function openSqliteStore({ path, log, ...threads }: { path: string; log: Log } & OtherThreads): Store {
  return createSqliteStore(createConnection(openDatabase({ path, log }), log, threads))
}

/** The store on a database that is open. */
export function createSqliteStore(connection: Connection): Store {
  return {
    projects: createProjectStore(connection),
    sources: createSourceStore(connection),
    endpoints: createEndpointStore(connection),
    secrets: createSecretStore(connection),
    dataKeys: createDataKeyStore(connection),
    vault: createVaultStore(connection),
    events: createEventStore(connection),
    deliveries: createDeliveryStore(connection),
    rawAnswers: createRawAnswerStore(connection),
    replays: createReplayStore(connection),
    readMarks: createReadMarkStore(connection),
    runs: createRunStore(connection),
    retention: createRetentionStore(connection),
    catalog: createCatalogStore(connection),
    configuration: createConfigurationStore(connection),
    senders: createSenderStore(connection),
    workflows: createWorkflowStore(connection),
    operations: createOperationsStore(connection),
    stats: createStatsStore(connection),
    figures: createFigureStore(connection),
    deadLetters: createDeadLetterStore(connection),
    alerts: createAlertStore(connection),
    audit: createAuditStore(connection),
    drift: createDriftStore(connection),
    settings: createSettingStore(connection),
    keys: createKeyStore(connection),
    subscriptions: createSubscriptionStore(connection),
    links: createLinkStore(connection),
    close: () => connection.close(),
  }
}
