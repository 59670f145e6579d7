import type { Store } from '#main/engine/ports.ts'
import { createAuditStore } from './audit/audit-store.ts'
import { createKeyStore } from './access/key-store.ts'
import { createConfigurationStore } from './configuration/configuration-store.ts'
import { createCatalogStore } from './configuration/catalog-store.ts'
import { createDeliveryStore } from './deliveries/delivery-store.ts'
import { createRawAnswerStore } from './deliveries/raw-answer-store.ts'
import { createEndpointStore } from './endpoint-store.ts'
import { createDriftStore } from './drift/drift-store.ts'
import { createEventStore } from './events/event-store.ts'
import { createOperationsStore } from './operations/operations-store.ts'
import { createProjectStore } from './project-store.ts'
import { createReadMarkStore } from './events/read-mark-store.ts'
import { createReplayStore } from './replays/replay-store.ts'
import { createRetentionStore } from './retention/retention-store.ts'
import { createRunStore } from './run-store.ts'
import { createSenderStore } from './deliveries/sender-store.ts'
import { createSecretStore } from './secret-store.ts'
import { createSettingStore } from './configuration/setting-store.ts'
import { createSourceStore } from './source-store.ts'
import { createAlertStore } from './alerts/alert-store.ts'
import { createDeadLetterStore } from './dead-letters/dead-letter-store.ts'
import { createFigureStore } from './stats/figure-store.ts'
import { createStatsStore } from './stats/stats-store.ts'
import { createDataKeyStore } from './vault/data-key-store.ts'
import { createLinkStore } from './links/link-store.ts'
import { createSubscriptionStore } from './subscriptions/subscription-store.ts'
import { createVaultStore } from './vault/vault-store.ts'
import { emptyState } from './state.ts'
import { createWorkflowStore } from './workflows/workflow-store.ts'

/** A whole store that lasts as long as the process: for tests and trials. */
export function createMemoryStore(): Store {
  const state = emptyState()
  return {
    projects: createProjectStore(state),
    sources: createSourceStore(state),
    endpoints: createEndpointStore(state),
    secrets: createSecretStore(state),
    dataKeys: createDataKeyStore(state),
    vault: createVaultStore(state),
    events: createEventStore(state),
    deliveries: createDeliveryStore(state),
    rawAnswers: createRawAnswerStore(state),
    replays: createReplayStore(state),
    readMarks: createReadMarkStore(state),
    runs: createRunStore(state),
    retention: createRetentionStore(state),
    catalog: createCatalogStore(state),
    configuration: createConfigurationStore(state),
    senders: createSenderStore(state),
    workflows: createWorkflowStore(state),
    operations: createOperationsStore(state),
    stats: createStatsStore(state),
    figures: createFigureStore(state),
    deadLetters: createDeadLetterStore(state),
    alerts: createAlertStore(state),
    audit: createAuditStore(state),
    drift: createDriftStore(state),
    settings: createSettingStore(state),
    keys: createKeyStore(state),
    subscriptions: createSubscriptionStore(state),
    links: createLinkStore(state),
    close: async () => {},
  }
}
