import type { IntegrationKind } from '#shared/model/integration.ts'
import type { JsonSchema } from '#shared/model/own-event-type.ts'

/** An identifier that is no secret, used as `{setting.name}` in the URL and as `settings.name` in the mapping. */
export interface IntegrationSetting {
  name: string
  label: string
  /** What a value looks like, in full. */
  pattern: RegExp
  example: string
  /** What holds where it is left out; null where it must be given; undefined where it may be absent. */
  preset?: string | null
}

/** A destination of a known kind: pure data. */
export interface IntegrationType {
  id: IntegrationKind
  name: string
  /** Other ids that mean the same. */
  aliases: readonly string[]
  /** Where requests go unless another base is given. */
  baseUrl: string
  /** What follows the base. */
  target: string
  headers: readonly [string, string][]
  settings: readonly IntegrationSetting[]
  /** The credentials: named secrets of the endpoint. */
  secrets: readonly { name: string; label: string }[]
  /** JSONata over what a transformation sees, and `receivedAtMs` and `settings`, with `$sha256`. */
  mapping: string
  /** Of the request's body. */
  schema: JsonSchema
  /** Event types for which the mapping knows the destination's own names. */
  eventTypes: readonly string[]
  /** An event to test with: its type and body. */
  sample: { type: string; body: unknown }
  /** Where the shape was read and when; what could not be checked there is named. */
  facts: { source: string; checkedOn: string; unconfirmed?: string }
}
