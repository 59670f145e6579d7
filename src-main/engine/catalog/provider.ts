import type { EventTypeId } from '#shared/model/ids.ts'
import type { JsonSchema } from '#shared/model/own-event-type.ts'
import type { Recognition } from '#shared/model/own-provider.ts'
import type { SigningScheme } from '../signing/scheme.ts'
import type { Handshake } from './handshake.ts'

export type { Place } from '#shared/model/own-provider.ts'

/** An event type that a provider sends, with one realistic sample. */
export interface CatalogEventType {
  name: string
  description: string
  /** A JSON value. */
  sample: unknown
  /** Read off the sample where it is left out. */
  schema?: JsonSchema
  /** Of one that a project added. */
  id?: EventTypeId
}

/** A sender that Hookloop knows. Pure data: adding one is adding one file. */
export interface Provider {
  id: string
  name: string
  /** Null for a sender that does not sign. */
  signing: SigningScheme | null
  recognition: Recognition
  /** How it asks whether an address is meant; the first that fits a request is answered. */
  handshakes?: readonly Handshake[]
  /** The policy preset that delivers as this sender does, where one ships. */
  policy?: string
  /** How to have this sender send again what did not arrive, in a sentence or two. */
  resend?: string
  /** How long this sender waits for an answer, in ms, where no preset says it. */
  deadlineMs?: number
  eventTypes: readonly CatalogEventType[]
  /** Sends a form of the sample's top-level fields instead of JSON. */
  bodyFormat?: 'form'
  /** Where its facts come from, when they were checked (ISO date), and what could not be. */
  facts: { source: string; checkedOn: string; unconfirmed?: string }
}

/** Whether the sender shows a token that its owner typed there and here. */
export function asksForToken(provider: Pick<Provider, 'handshakes'> | null): boolean {
  return provider?.handshakes?.some(({ need }) => need?.kind === 'verify-token') ?? false
}
