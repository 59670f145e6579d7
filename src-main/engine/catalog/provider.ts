import type { SigningScheme } from '../signing/scheme.ts'

/** An event type that a provider sends, with one realistic sample. */
export interface CatalogEventType {
  name: string
  description: string
  /** A JSON value. */
  sample: unknown
}

/** A sender that Hookloop knows. Pure data: adding one is adding one file. */
export interface Provider {
  id: string
  name: string
  /** Null for a sender that does not sign. */
  signing: SigningScheme | null
  eventTypes: readonly CatalogEventType[]
  /** Where its facts come from, and when they were checked (ISO date). */
  facts: { source: string; checkedOn: string }
}
