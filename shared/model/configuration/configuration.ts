import { EndpointEntry, EventTypeEntry, ProviderEntry, SourceEntry, WorkflowEntry } from './entries.ts'

/** The one form of files that there is so far. */
export const CONFIGURATION_VERSION = 1

/** What a file holds, by what its sections are called. */
export const ENTRIES = {
  providers: ProviderEntry,
  eventTypes: EventTypeEntry,
  sources: SourceEntry,
  endpoints: EndpointEntry,
  workflows: WorkflowEntry,
} as const

/** In the order in which one may need another. */
export type Section = keyof typeof ENTRIES
export const SECTIONS = Object.keys(ENTRIES) as readonly Section[]

/** The configuration of one project as a file gives it: what each section is to hold, by name. A section that is left out says nothing. */
export interface Configuration {
  providers?: ReadonlyMap<string, ProviderEntry>
  eventTypes?: ReadonlyMap<string, EventTypeEntry>
  sources?: ReadonlyMap<string, SourceEntry>
  endpoints?: ReadonlyMap<string, EndpointEntry>
  workflows?: ReadonlyMap<string, WorkflowEntry>
}
