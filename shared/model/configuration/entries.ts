import { z } from 'zod'
import { EventTypeFields } from '../own-event-type.ts'
import { ProviderFields } from '../own-provider.ts'
import { SecretName } from '../secret-name.ts'
import { ANY_ORIGIN, DEFAULT_BODY_LIMIT_BYTES } from '../source.ts'
import { DEFAULT_WATCH_HOURS } from '../integration.ts'
import { Tags, WorkflowDefinition } from '../workflows/workflow.ts'
import { EndpointFields } from './endpoint-fields.ts'
import { FromVariable, Keep, SecretReference } from './secret-reference.ts'
import { SourceFields } from './source-fields.ts'

/** A source of a file, under its slug. What is left out has the default of a new one; secrets that are left out stay. */
export const SourceEntry = z.strictObject({
  /** The slug where it is left out. */
  name: SourceFields.name.optional(),
  provider: SourceFields.provider.default(null),
  answer: SourceFields.answer.optional(),
  publicUrl: SourceFields.publicUrl.default(null),
  duplicates: SourceFields.duplicates.default('keep'),
  bodyLimitBytes: SourceFields.bodyLimitBytes.default(DEFAULT_BODY_LIMIT_BYTES),
  allowedOrigins: SourceFields.allowedOrigins.default([ANY_ORIGIN]),
  /** Newest first. */
  secrets: z
    .union([Keep, z.array(FromVariable).max(10)], {
      error: 'write a list of { env: NAME }, newest first, or { keep: true } for those that the relay has',
    })
    .optional(),
  /** Null removes it. */
  verifyToken: SecretReference.nullable().optional(),
})
export type SourceEntry = z.infer<typeof SourceEntry>

/** An own provider of a file, under its id. */
export const ProviderEntry = z.strictObject(ProviderFields)
export type ProviderEntry = z.infer<typeof ProviderEntry>

/** An own event type of a file, under `<provider>/<name>`. */
export const EventTypeEntry = z.strictObject({
  description: EventTypeFields.description.default(''),
  schema: EventTypeFields.schema.default(null),
  sample: EventTypeFields.sample,
})
export type EventTypeEntry = z.infer<typeof EventTypeEntry>

const headerText = z.union([z.string(), Keep], {
  error: 'write text, or { keep: true } for the value that the relay has',
})
const Headers = z
  .union([z.record(z.string(), headerText), z.array(z.tuple([z.string(), headerText]))], {
    error: 'write names with their values, or a list of pairs where a name comes twice',
  })
  .transform((given) => (Array.isArray(given) ? given : Object.entries(given)))

/** An endpoint of a file, under its name. What is left out has the default of a new one, but for its secrets and for `enabled`, which stay. */
export const EndpointEntry = z.strictObject({
  url: EndpointFields.url,
  eventTypes: EndpointFields.eventTypes.default([]),
  policy: EndpointFields.policy.default('standard'),
  headers: Headers.default([]),
  provider: EndpointFields.provider.default(null),
  method: EndpointFields.method.default(null),
  condition: EndpointFields.condition.default(null),
  transformation: EndpointFields.transformation.default(null),
  testMode: EndpointFields.testMode.default(false),
  tls: EndpointFields.tls.default({}),
  forwardPath: EndpointFields.forwardPath.default(false),
  owner: EndpointFields.owner.default(null),
  escalation: EndpointFields.escalation.default(null),
  watchHours: EndpointFields.watchHours.default(DEFAULT_WATCH_HOURS),
  /** Whether it is delivered to, or paused by hand. */
  enabled: EndpointFields.enabled.optional(),
  /** With which it signs; a new endpoint gets one of its own where it is left out. */
  secret: SecretReference.optional(),
  /** By name; null removes one. */
  secrets: z.record(SecretName, SecretReference.nullable()).default({}),
})
export type EndpointEntry = z.infer<typeof EndpointEntry>

const endpointName = z.string().trim().min(1).max(100)
const [UrlTarget] = WorkflowDefinition.shape.targets.element.options

/** A workflow of a file, under its name: as the API takes it, but that endpoints are named by their names. */
export const WorkflowEntry = z.strictObject({
  ...WorkflowDefinition.shape,
  targets: z
    .array(z.union([UrlTarget, z.strictObject({ endpoint: endpointName, tags: Tags })]))
    .min(1)
    .max(200),
  gate: z.strictObject({ endpoint: endpointName }).nullable().default(null),
})
export type WorkflowEntry = z.infer<typeof WorkflowEntry>
