import type { AlertStore } from '../alerts/alert-store.ts'
import type { DeadLetterStore } from '../dead-letters/dead-letter-store.ts'
import type { AuditStore } from '../audit/audit-store.ts'
import type { KeyStore } from '../access/key-store.ts'
import type { ConfigurationStore } from '../configuration/configuration-store.ts'
import type { CatalogStore } from '../catalog/catalog-store.ts'
import type { DriftStore } from '../schemas/drift-store.ts'
import type { DeliveryStore } from './delivery-store.ts'
import type { RawAnswerStore } from '../delivery/masking/raw-answer-store.ts'
import type { EndpointStore } from './endpoint-store.ts'
import type { EventStore } from './event-store.ts'
import type { ProjectStore } from './project-store.ts'
import type { ReadMarkStore } from '../reading/read-mark-store.ts'
import type { ReplayStore } from '../replay/replay-store.ts'
import type { RetentionStore } from '../retention/retention-store.ts'
import type { RunStore } from '../gaps/run-store.ts'
import type { DataKeyStore } from '../secrets/data-key-store.ts'
import type { SecretStore } from './secret-store.ts'
import type { OperationsStore } from '../operations/operations-store.ts'
import type { SenderStore } from '../catalog/trigger/sender-store.ts'
import type { SettingStore } from '../settings/setting-store.ts'
import type { SourceStore } from './source-store.ts'
import type { WorkflowStore } from '../workflows/workflow-store.ts'
import type { FigureStore } from '../stats/figure-store.ts'
import type { StatsStore } from '../stats/stats-store.ts'
import type { LinkStore } from '../links/link-store.ts'
import type { SubscriptionStore } from '../subscriptions/subscription-store.ts'
import type { VaultStore } from '../vault/vault-store.ts'

/**
 * Everything that lasts. Each call is one atomic step and resolves only once it is durable
 * (a claim only needs to outlive the program, not a power cut);
 * implementations may commit several calls together.
 */
export interface Store {
  projects: ProjectStore
  sources: SourceStore
  endpoints: EndpointStore
  secrets: SecretStore
  dataKeys: DataKeyStore
  vault: VaultStore
  events: EventStore
  deliveries: DeliveryStore
  rawAnswers: RawAnswerStore
  replays: ReplayStore
  readMarks: ReadMarkStore
  runs: RunStore
  retention: RetentionStore
  catalog: CatalogStore
  configuration: ConfigurationStore
  senders: SenderStore
  workflows: WorkflowStore
  operations: OperationsStore
  stats: StatsStore
  figures: FigureStore
  deadLetters: DeadLetterStore
  alerts: AlertStore
  audit: AuditStore
  drift: DriftStore
  settings: SettingStore
  keys: KeyStore
  subscriptions: SubscriptionStore
  links: LinkStore
  close(): Promise<void>
}

/** A page of a list, newest first. `cursor` is opaque; null starts at the newest. */
export interface PageRequest {
  limit: number
  cursor: string | null
}

export interface Page<T> {
  items: readonly T[]
  nextCursor: string | null
}

/** The storage cannot take writes now (disk full, locked, closed); nothing of the step was kept. */
export class StoreUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreUnavailableError'
  }
}
