import type { Attempt } from '#shared/model/attempt.ts'
import type { Delivery, DeliveryTally } from '#shared/model/delivery.ts'
import type { Diagnosis } from '#shared/model/diagnosis.ts'
import type { Endpoint, EndpointConfig } from '#shared/model/endpoint.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { DeliveryFilter } from '#shared/model/filter/meaning/delivery-filter.ts'
import type { EventFilter } from '#shared/model/filter/meaning/event-filter.ts'
import type { Forecast, Scenario } from '#shared/model/forecast.ts'
import type { HeaderList } from '#shared/model/header.ts'
import type { z } from 'zod'
import type { EventId, ProjectId } from '#shared/model/ids.ts'
import type { Policy } from '#shared/model/policy.ts'
import type { Project } from '#shared/model/project.ts'
import type { Change } from './change.ts'
import type { AgedCredential } from './credentials/credential.ts'
import type { Caller } from './access/caller.ts'
import type { AuditApi } from './audit/audit.ts'
import type { KeysApi } from './access/keys-api.ts'
import type { SourcesApi } from './capture/sources-api.ts'
import type { CaptureApi } from './capture/capture-api.ts'
import type { ConfigurationApi } from './configuration/configuration-api.ts'
import type { CallbacksApi } from './callbacks/callbacks.ts'
import type { Feed } from './feed.ts'
import type { SavedFiltersApi } from './filter/saved-filters.ts'
import type { CatalogApi, TriggerApi } from './catalog/catalog-api.ts'
import type { AlertsApi } from './alerts/alerts.ts'
import type { DeadLettersApi } from './dead-letters/dead-letters.ts'
import type { GapFinder } from './gaps/gap-finder.ts'
import type { VaultApi } from './vault/vault-api.ts'
import type { SigningDesk } from './catalog/signing-desk.ts'
import type { StatsApi } from './stats/endpoint-stats.ts'
import type { Linter } from './endpoints/lint/linter.ts'
import type { Restored } from './endpoints/restorable.ts'
import type { IntegrationsApi } from './integrations/integrations.ts'
import type { OperationsApi } from './operations/operations.ts'
import type { DeliveryQuery, StateCounts } from './ports/delivery-store.ts'
import type { RawAnswerStore } from './delivery/masking/raw-answer-store.ts'
import type { TransportResponse } from './ports/transport.ts'
import type { EventCount, EventCountQuery, EventQuery, StoredEvent } from './ports/event-store.ts'
import type { ClearsApi } from './clearing/clears.ts'
import type { ReadMarksApi } from './reading/read-marks.ts'
import type { ReplaysApi } from './replay/replays-api.ts'
import type { SealedSecret } from './ports/secret-store.ts'
import type { Page } from './ports/store.ts'
import type { ProjectDeletion } from './projects/project-deletion.ts'
import type { LinksApi } from './links/links-api.ts'
import type { SubscriptionsApi } from './subscriptions/subscriptions-api.ts'
import type { RetentionsApi } from './retention/retentions.ts'
import type { WorkflowsApi } from './workflows/workflows-api.ts'
import type { SchemasApi } from './schemas/schemas.ts'
import type { ExportsApi } from './exchange/exports.ts'
import type { ImportsApi } from './exchange/imports.ts'
import type { BackupsApi } from './storage/backups.ts'
import type { RestoredApi } from './storage/restored.ts'
import type { StorageFiles } from './storage/storage-files.ts'

/** Who asks: recorded with every change. */
export interface Actor {
  name: string
}

export interface ProjectsApi {
  list(): readonly Project[]
  /** By id or slug; throws `AppError` `not_found`. */
  resolve(ref: string): Project
  /** Whose site id this is, in small letters; null where there is none. */
  ofSite(siteId: string): Project | null
  /** Its site id is made for it where none is given. */
  create(input: { name: string; slug: string; siteId?: string }): Promise<Project>
  update(
    projectId: ProjectId,
    change: {
      name?: string | undefined
      timeScale?: number | undefined
      notificationUrl?: string | null | undefined
      activeEndpointLimit?: number | undefined
      secretMaxAgeDays?: number | undefined
    },
  ): Promise<Project>
  delete: ProjectDeletion['delete']
}

/** A preset's id, or one with fields replaced. */
export type PolicyChoice = string | ({ preset: string } & { [K in keyof PolicyInput]?: PolicyInput[K] | undefined })
type PolicyInput = z.input<typeof Policy>

export type EndpointChange = {
  [K in Exclude<keyof EndpointConfig, 'policy' | 'tls'>]?: EndpointConfig[K] | undefined
} & {
  policy?: PolicyChoice | undefined
  enabled?: boolean | undefined
  tls?: { [K in keyof EndpointConfig['tls']]?: EndpointConfig['tls'][K] | undefined } | undefined
  /** Values of named secrets; null removes one. They are sealed and never come back. */
  secrets?: Readonly<Record<string, string | null>> | undefined
}

/** `scheduled` says what a new URL does to deliveries that wait: they follow it, or keep theirs; without it, the policy says. */
export type EndpointUpdate = EndpointChange & {
  scheduled?: Policy['scheduled'] | undefined
  /** Also where a mapping, a condition or event types would be lost by it. */
  confirm?: boolean | undefined
}

export interface EndpointsApi {
  list(projectId: ProjectId): readonly Endpoint[]
  /** Null where there is none in this project. */
  find(projectId: ProjectId, id: string): Endpoint | null
  /** Throws `AppError` `not_found`. */
  resolve(projectId: ProjectId, id: string): Endpoint
  /** The provider id that signs for it, `none` for nobody. */
  signedBy(endpoint: Endpoint): string
  secrets(endpoint: Endpoint): Promise<readonly SealedSecret[]>
  /** How many of its deliveries are scheduled, held or under way. */
  waiting(endpoint: Endpoint): Promise<number>
  create(
    projectId: ProjectId,
    input: EndpointChange & { name: string; url: string; secret?: string | undefined },
    actor: Actor,
  ): Promise<{ endpoint: Endpoint; secret: string | null }>
  /** Throws `AppError` `would_drop` where a mapping or filter would be lost without `confirm`. */
  update(endpoint: Endpoint, change: EndpointUpdate, actor: Actor): Promise<Endpoint>
  /** Makes an earlier configuration the current one, as a new version, as far as what it refers to is still there. */
  restore(endpoint: Endpoint, config: EndpointConfig, options: { confirm: boolean; actor: Actor }): Promise<Restored>
  delete(endpoint: Endpoint): Promise<{ canceled: number }>
  /**
   * A new signing secret, made or given; the one before goes on signing for `overlapMs`, until `previousUntil` (unix ms).
   * Throws `AppError` where nobody signs or the given secret cannot.
   */
  rotateSecret(
    endpoint: Endpoint,
    input: { overlapMs: number; secret?: string | undefined },
  ): Promise<{ secret: string; previousUntil: number }>
  /** Tells whoever watches that its secrets changed elsewhere. */
  secretsChanged(endpoint: Endpoint): void
  /** From now on only the newest secret signs. */
  endOverlap(endpoint: Endpoint): Promise<void>
  pause(endpoint: Endpoint): Promise<{ endpoint: Endpoint; held: number }>
  resume(endpoint: Endpoint, held: 'release' | 'discard'): Promise<{ endpoint: Endpoint; count: number }>
}

export interface EventsApi {
  /**
   * What a filter such as `type:audit.* state:failed $.data.id=42` asks of a project's events, as of now. Throws `AppError`
   * `invalid_filter`, which names the part that cannot be read.
   */
  readFilter(projectId: ProjectId, text: string): EventFilter
  list(query: EventQuery): Promise<Page<StoredEvent>>
  /** Throws `AppError` `not_found`. */
  get(projectId: ProjectId, id: string): Promise<StoredEvent>
  body(event: EventRecord): Promise<Uint8Array>
  tallies(eventIds: readonly EventId[]): Promise<ReadonlyMap<EventId, DeliveryTally>>
  compose(
    projectId: ProjectId,
    input: {
      type: string
      body: Uint8Array
      contentType: string
      provider: string | null
      /** Beside the content type; they go out with it. */
      headers?: HeaderList | undefined
      idempotencyKey: string | null
    },
  ): Promise<StoredEvent>
  /** Such an event, not stored. */
  draft(projectId: ProjectId, input: Omit<Parameters<EventsApi['compose']>[1], 'idempotencyKey'>): EventRecord
  /** The endpoints that would get an event now, paused ones among them. */
  takers(event: EventRecord, body: Uint8Array): readonly Endpoint[]
  count(projectId: ProjectId): Promise<number>
  countFitting(query: EventCountQuery): Promise<EventCount>
}

export interface DeliveriesApi {
  /** What a filter such as `state:failed endpoint:"CRM sync"` asks of deliveries, as of now. Throws `AppError` `invalid_filter`. */
  readFilter(projectId: ProjectId, text: string): DeliveryFilter
  list(query: DeliveryQuery): Promise<Page<Delivery>>
  /** Throws `AppError` `not_found`. */
  get(projectId: ProjectId, id: string): Promise<Delivery>
  /** Where it would go now. */
  url(delivery: Delivery): string
  /** When further attempts would come if each failed at once, the next first, in unix ms; jitter left out. */
  forecast(delivery: Delivery): readonly number[]
  attempts(delivery: Delivery): Promise<readonly Attempt[]>
  retry(delivery: Delivery): Promise<Delivery>
  cancel(delivery: Delivery): Promise<Delivery>
  countByState(projectId: ProjectId): Promise<StateCounts>
}

/** Answers as they came, of attempts in whose record secrets are masked. */
export interface RawAnswersApi {
  /** Of the attempts of a delivery that have one: when and by whom it was revealed; null while it can be. */
  ofDelivery(delivery: Delivery): ReturnType<RawAnswerStore['ofDelivery']>
  /**
   * Shows one, this one time; the try is on record before. It counts as a reveal of its endpoint's secrets. Throws `AppError`
   * `already_revealed`, `reveal_limit`, `vault_locked`, `not_found`.
   */
  reveal(
    projectId: ProjectId,
    attemptId: string,
    by: Caller,
  ): Promise<{ answer: TransportResponse; at: number; left: number }>
}

export type { Change } from './change.ts'
export { decodeBody } from './delivery/masking/decode-body.ts'
export { SYSTEM_ACTOR } from './audit/draft.ts'
export type { AuditApi, OpenAction } from './audit/audit.ts'
export { mayDo, ownerCaller, requireScope, type Caller } from './access/caller.ts'
export type { StandingSubscription, Stream, Told } from './subscriptions/subscriptions-api.ts'
export type { StandingLink } from './links/links-api.ts'
export type { SourceChange } from './capture/sources-api.ts'
export type { KeysApi, StandingKey } from './access/keys-api.ts'
export { noProject } from './projects/no-project.ts'
export type { SweepRun } from './retention/retentions.ts'
export type { CaptureApi, Ingested, ReceivedRequest, Recorded } from './capture/capture-api.ts'
export type { EventSchema } from './schemas/schemas.ts'
export type { Clear } from './clearing/clears.ts'
export type { BackupRun } from './storage/backups.ts'
export type { CatalogApi } from './catalog/catalog-api.ts'
export { runState } from './workflows/run/run-state.ts'
export type { WorkflowsApi } from './workflows/workflows-api.ts'
export type { EndpointSecret, VaultApi, VaultSecret } from './vault/vault-api.ts'
export type { AppliedChange, WantedConfiguration } from './configuration/configuration-api.ts'
export type { SigningTask } from './catalog/signing-desk.ts'
export type { DryRun, WantedReplay, WantedSelection } from './replay/replays-api.ts'

/** The product without its sockets: everything that hosts, API and capture server may call. */
export interface Engine {
  capture: CaptureApi
  keys: KeysApi
  projects: ProjectsApi
  sources: SourcesApi
  endpoints: EndpointsApi
  /** Where platforms call back, at account and at project level. */
  callbacks: CallbacksApi
  events: EventsApi
  savedFilters: SavedFiltersApi
  deliveries: DeliveriesApi
  rawAnswers: RawAnswersApi
  replays: ReplaysApi
  readMarks: ReadMarksApi
  clears: ClearsApi
  workflows: WorkflowsApi
  /** The configuration of a project as a whole, as files hold it. */
  configuration: ConfigurationApi
  vault: VaultApi
  operations: OperationsApi
  integrations: IntegrationsApi
  gaps: GapFinder
  stats: StatsApi
  deadLetters: DeadLettersApi
  alerts: AlertsApi
  /** Schemas of event types, and which events no longer fit them. */
  schemas: Pick<SchemasApi, 'ofEvent' | 'judge' | 'infer' | 'drifts'>
  exports: ExportsApi
  imports: ImportsApi
  /** Who takes events from the sources of this relay. */
  subscriptions: SubscriptionsApi
  /** What feeds sources of this machine from relays. */
  links: Omit<LinksApi, 'start' | 'resume' | 'stop'>
  backups: BackupsApi
  restored: RestoredApi
  retention: RetentionsApi
  storage: Pick<StorageFiles, 'sizes' | 'sizesByKind'>
  /** Warns where an endpoint cannot be safe or cannot work. */
  linter: Linter
  /** Signs and verifies with given secrets alone. */
  signing: SigningDesk
  /** What explains the verdict on a captured event. Throws `AppError` where no sender could have signed it. */
  diagnose(event: EventRecord): Promise<Diagnosis>
  /** Providers and event types: those that ship and those that projects added. */
  catalog: CatalogApi
  trigger: TriggerApi
  audit: AuditApi
  /** Every key and secret that the viewer may see, without its value. */
  credentials(viewer: Caller): Promise<readonly AgedCredential[]>
  policies: readonly {
    id: string
    description: string
    facts: { source: string; checkedOn: string; unconfirmed: boolean }
    policy: Policy
  }[]
  /** The whole time line of a policy, of an event that comes now. Throws as an endpoint's policy does. */
  forecast(input: { policy: PolicyChoice; scenario: Scenario; timeScale: number }): Forecast
  changes: Feed<Change>
  /** Recovers what an earlier run left in flight and begins to deliver. */
  start(): Promise<void>
  /** The machine goes to sleep: no attempt begins until `resume`, which counts none as failed that the sleep cut. */
  suspend(): void
  resume(): void
  /** Takes no new work and waits up to `graceMs` for what is in flight; the rest is left to the next start. */
  stop(graceMs: number): Promise<void>
}
