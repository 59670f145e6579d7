import type { Delivery } from '#shared/model/delivery.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { HeaderList } from '#shared/model/header.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { JsonSchema, OwnEventType } from '#shared/model/own-event-type.ts'
import type { OwnProvider, ProviderDefinition } from '#shared/model/own-provider.ts'
import type { SchemaProblem } from './event-schema.ts'
import type { CatalogEventType, Provider } from './provider.ts'

/** What may be changed later; what is left out stays. */
type Change<T> = { [K in keyof T]?: T[K] | undefined }

export interface OwnProvidersApi {
  /** The definition of a provider that the project added; null for any other. */
  own(projectId: ProjectId, id: string): OwnProvider | null
  /** Throws `AppError` that names the field at fault. */
  check(definition: ProviderDefinition): void
  create(projectId: ProjectId, input: ProviderDefinition & { id: string }): Promise<OwnProvider>
  update(projectId: ProjectId, id: string, change: Change<ProviderDefinition>): Promise<OwnProvider>
  /** With the event types that the project added to it; throws `AppError` `provider_in_use`. */
  delete(projectId: ProjectId, id: string): Promise<{ eventTypes: number }>
}

export type EventTypeDefinition = Pick<OwnEventType, 'provider' | 'name' | 'description' | 'schema' | 'sample'>

export interface OwnEventTypesApi {
  create(projectId: ProjectId, input: EventTypeDefinition): Promise<OwnEventType>
  update(
    projectId: ProjectId,
    id: string,
    change: Change<Pick<EventTypeDefinition, 'description' | 'schema' | 'sample'>>,
  ): Promise<OwnEventType>
  delete(projectId: ProjectId, id: string): Promise<void>
  /** Everything that is wrong with a schema and its sample; with a null schema, with the sample alone. */
  problems(input: { schema: JsonSchema | null; sample: unknown }): readonly SchemaProblem[]
}

export interface TriggerInput {
  provider: string
  type: string
  /** Either of both. */
  url?: string | undefined
  endpointId?: string | undefined
  secret?: string | undefined
  /** In place of the sample. */
  data?: unknown
}

/**
 * Sends an event of the catalog as its provider would; resolves once it is stored. `secret` is told this once where it was
 * made for this. Throws `AppError`.
 */
export type TriggerApi = (
  projectId: ProjectId,
  input: TriggerInput,
) => Promise<{ event: EventRecord; delivery: Delivery; secret: string | null }>

/** `problem` says why such a provider could not be kept. */
export interface Preview {
  secret: string | null
  headers: HeaderList
  problem: { field: string | null; message: string; hint: string | null } | null
}

export interface CatalogApi {
  /** The project's own providers first, each with the event types that the project added. */
  list(projectId: ProjectId): readonly Provider[]
  /** Throws `AppError` `unknown_provider`. */
  resolve(projectId: ProjectId, id: string): Provider
  isBuiltIn(id: string): boolean
  /** The type's own, or else what its sample shows. */
  schemaOf(type: CatalogEventType): JsonSchema
  /** What a provider would put into the headers, with a secret that is made for this once and kept nowhere. */
  preview(definition: ProviderDefinition, sample: unknown): Preview
  providers: OwnProvidersApi
  eventTypes: OwnEventTypesApi
}
