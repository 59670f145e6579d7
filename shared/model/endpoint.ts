import { z } from 'zod'
import { Condition } from './condition.ts'
import { HeaderList } from './header.ts'
import { EndpointId, EndpointVersionId, ProjectId } from './ids.ts'
import { DEFAULT_WATCH_HOURS, IntegrationKind, IntegrationSettings } from './integration.ts'
import { Policy } from './policy.ts'

export const EndpointState = z.enum(['active', 'paused'])
export type EndpointState = z.infer<typeof EndpointState>
/** `locked`: its secrets cannot be opened, and it is never sent to without them. */
export const PausedReason = z.enum(['breaker', 'gone', 'manual', 'locked'])
export type PausedReason = z.infer<typeof PausedReason>

/** An event-type filter: an exact type, a prefix such as `audit.*` (deeper levels too), or `*` for all. */
export const EventTypeFilter = z
  .string()
  .max(200)
  .regex(/^(?:\*|[A-Za-z0-9_][A-Za-z0-9_.:/-]*(?:\.\*)?)$/, 'use an event type, a prefix such as audit.*, or *')

/** What a person configures: one immutable version each time it changes. Secrets are kept apart. */
export const EndpointConfig = z.object({
  name: z.string(),
  url: z.string(),
  eventTypes: z.array(z.string()),
  headers: HeaderList,
  policy: Policy,
  /** Who signs; null means the policy's own. */
  provider: z.string().nullable(),
  /** In place of the event's own method. */
  method: z.string().nullable(),
  /** Which events beside the type filter; null for all. */
  condition: Condition.nullable(),
  /** A JSONata expression over the event that yields the body; null leaves it as it is. */
  transformation: z.string().nullable(),
  /** Build, sign and log, but send to Hookloop's own sink. */
  testMode: z.boolean(),
  tls: z.object({
    /** False trusts any certificate. */
    verify: z.boolean(),
    /** More authorities to trust, as PEM. */
    ca: z.string().nullable(),
  }),
  /** Append the captured path suffix and query to the URL. */
  forwardPath: z.boolean(),
  owner: z.string().nullable(),
  /** What an integration builds; null for a plain endpoint. Versions from before it was known lack these fields. */
  kind: IntegrationKind.nullable().default(null),
  settings: IntegrationSettings.default({}),
  /** Whom to turn to, and how, when it fails. */
  escalation: z.string().nullable().default(null),
  /** How long after each change its deliveries are flagged for review. */
  watchHours: z.number().min(0).default(DEFAULT_WATCH_HOURS),
  /** `callback` for one that the callback of its project or account keeps. */
  role: z.literal('callback').nullable().default(null),
})
export type EndpointConfig = z.infer<typeof EndpointConfig>

export const EndpointVersion = z.object({
  id: EndpointVersionId,
  endpointId: EndpointId,
  number: z.number().int().positive(),
  config: EndpointConfig,
  actor: z.string(),
  createdAt: z.number(),
})
export type EndpointVersion = z.infer<typeof EndpointVersion>

export const Endpoint = z.object({
  id: EndpointId,
  projectId: ProjectId,
  version: EndpointVersion,
  state: EndpointState,
  pausedReason: PausedReason.nullable(),
  pausedAt: z.number().nullable(),
  /** Failed attempts in a row, across all events. */
  consecutiveFailures: z.number().int().nonnegative(),
  createdAt: z.number(),
})
export type Endpoint = z.infer<typeof Endpoint>
