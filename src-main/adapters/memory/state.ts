import type { Alert, AlertRule } from '#shared/model/alert.ts'
import type { BulkRetry } from '#shared/model/bulk-retry.ts'
import type { Attempt } from '#shared/model/attempt.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { Endpoint, EndpointVersion } from '#shared/model/endpoint.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { Findings } from '#shared/model/findings.ts'
import type { AttemptId, DeliveryId, EndpointId, EndpointVersionId, EventId, ProjectId } from '#shared/model/ids.ts'
import type { OwnEventType } from '#shared/model/own-event-type.ts'
import type { OwnProvider } from '#shared/model/own-provider.ts'
import type { Project } from '#shared/model/project.ts'
import type { Link } from '#shared/model/link/link.ts'
import type { Replay } from '#shared/model/replay.ts'
import type { Source } from '#shared/model/source.ts'
import type { Workflow } from '#shared/model/workflows/workflow.ts'
import type {
  AuditRow,
  ReplayPlace,
  KeptAnswer,
  KnownOutcome,
  Relayed,
  RevealTry,
  Run,
  RunWithSteps,
  SealedDataKey,
  SealedSecret,
  SealedSender,
  SealedSourceSecret,
  SecretFacts,
  SettingScope,
  StoredKey,
  VersionMark,
} from '#main/engine/ports.ts'
import type { HeldSubscription } from './subscriptions/subscription-store.ts'

/** Who holds a delivery that is under way, and its begun attempt. */
export interface Lease {
  owner: string
  attemptId: AttemptId
  claimedAt: number
}

export interface StoredDelivery {
  delivery: Delivery
  lease: Lease | null
}

/** A relayed event in the source that it came to. */
export interface HeldRelayed {
  sourceId: Source['id']
  relayed: Relayed
  /** What its relay was told of how its deliveries ended; null for nothing yet. */
  reported: string | null
}

/** Everything kept, in the order in which it came. Values are never changed in place, only replaced. */
export interface MemoryState {
  projects: Map<ProjectId, Project>
  sources: Map<Source['id'], Source>
  sourceSecrets: Map<Source['id'], readonly SealedSourceSecret[]>
  /** How many answers each walk of a source's script has given, by message. */
  scriptSteps: Map<Source['id'], Map<string, number>>
  endpoints: Map<EndpointId, Endpoint>
  /** Of deleted endpoints too. */
  versions: Map<EndpointVersionId, EndpointVersion>
  secrets: SealedSecret[]
  dataKeys: SealedDataKey[]
  /** By endpoint and name. */
  secretFacts: Map<string, SecretFacts>
  reveals: RevealTry[]
  events: Map<EventId, EventRecord>
  bodies: Map<EventId, Uint8Array>
  /** The number of each event among all that ever came. */
  arrivalOrder: Map<EventId, number>
  subscriptions: Map<HeldSubscription['subscription']['id'], HeldSubscription>
  outcomes: KnownOutcome[]
  links: Map<Source['id'], Link>
  relayed: Map<EventId, HeldRelayed>
  findings: Map<EventId, Findings>
  read: Set<EventId>
  /** By source, message id and type. */
  firstOfMessage: Map<string, EventId>
  idempotency: Map<string, { fingerprint: string; expiresAt: number; eventId: EventId }>
  deliveries: Map<DeliveryId, StoredDelivery>
  /** What each delivery is for, so that none is for the same. */
  targets: Set<string>
  attempts: Map<DeliveryId, Attempt[]>
  requestBodies: Map<AttemptId, Uint8Array>
  rawAnswers: Map<AttemptId, KeptAnswer>
  /** With how far each is, and what its filter found. */
  replays: Map<Replay['id'], { replay: Replay; place: ReplayPlace | null; collected: readonly EventId[] }>
  bulkRetries: Map<BulkRetry['id'], { retry: BulkRetry; cursor: number }>
  alertRules: Map<AlertRule['id'], AlertRule>
  alerts: Map<Alert['id'], Alert>
  runs: Run[]
  /** How many deliveries waited, at times. */
  samples: { projectId: ProjectId; at: number; waiting: number; held: number }[]
  /** By project and id. */
  providers: Map<string, OwnProvider>
  eventTypes: Map<OwnEventType['id'], OwnEventType>
  senders: Map<SealedSender['id'], SealedSender>
  audit: { entries: AuditRow[]; intents: Map<number, string> }
  workflows: Map<Workflow['id'], Workflow>
  workflowRuns: Map<RunWithSteps['run']['id'], RunWithSteps>
  /** Of tested or reviewed versions. */
  marks: Map<EndpointVersionId, VersionMark>
  /** By name, then scope. */
  settings: Map<string, Map<SettingScope, unknown>>
  keys: Map<StoredKey['key']['id'], StoredKey>
  /** Of the hashes of keys, sealed. */
  hashKey: Uint8Array | null
}

export function emptyState(): MemoryState {
  return {
    projects: new Map(),
    sources: new Map(),
    sourceSecrets: new Map(),
    scriptSteps: new Map(),
    endpoints: new Map(),
    versions: new Map(),
    secrets: [],
    dataKeys: [],
    secretFacts: new Map(),
    reveals: [],
    events: new Map(),
    bodies: new Map(),
    arrivalOrder: new Map(),
    subscriptions: new Map(),
    outcomes: [],
    links: new Map(),
    relayed: new Map(),
    findings: new Map(),
    read: new Set(),
    firstOfMessage: new Map(),
    idempotency: new Map(),
    deliveries: new Map(),
    targets: new Set(),
    attempts: new Map(),
    requestBodies: new Map(),
    rawAnswers: new Map(),
    replays: new Map(),
    bulkRetries: new Map(),
    alertRules: new Map(),
    alerts: new Map(),
    runs: [],
    samples: [],
    providers: new Map(),
    eventTypes: new Map(),
    senders: new Map(),
    audit: { entries: [], intents: new Map() },
    workflows: new Map(),
    workflowRuns: new Map(),
    marks: new Map(),
    settings: new Map(),
    keys: new Map(),
    hashKey: null,
  }
}
