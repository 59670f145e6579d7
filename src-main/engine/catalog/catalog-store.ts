import type { EventTypeId } from '#shared/model/ids.ts'
import type { OwnEventType } from '#shared/model/own-event-type.ts'
import type { OwnProvider } from '#shared/model/own-provider.ts'

/** The providers and event types that projects added themselves. */
export interface CatalogStore {
  /** Of every project, oldest first. */
  providers(): Promise<readonly OwnProvider[]>
  /** Of every project, oldest first. */
  eventTypes(): Promise<readonly OwnEventType[]>
  /** Resolves to false, keeping nothing, where the project has one of this id. */
  createProvider(provider: OwnProvider): Promise<boolean>
  /** Replaces all but its id, project and `createdAt`. */
  updateProvider(provider: OwnProvider): Promise<void>
  /** Its event types in the project go with it. */
  deleteProvider(provider: Pick<OwnProvider, 'projectId' | 'id'>): Promise<void>
  /** Resolves to false, keeping nothing, where the project gave the provider one of this name. */
  createEventType(type: OwnEventType): Promise<boolean>
  /** Replaces what can change (description, schema, sample, updatedAt). */
  updateEventType(type: OwnEventType): Promise<void>
  deleteEventType(id: EventTypeId): Promise<void>
}
