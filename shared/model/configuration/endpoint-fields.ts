import { z } from 'zod'
import { Condition } from '../condition.ts'
import { EventTypeFilter } from '../endpoint.ts'
import { HeaderList } from '../header.ts'
import { Policy } from '../policy.ts'

/** A preset's id, or one with some of its fields replaced. */
export const PolicyInput = z.union([
  z.string().max(60),
  z.strictObject({ ...Policy.partial().shape, preset: z.string().max(60).default('standard') }),
])
export type PolicyInput = z.infer<typeof PolicyInput>

/** What a person sets of an endpoint. */
export const EndpointFields = {
  name: z.string().trim().min(1).max(100),
  url: z
    .string()
    .trim()
    .min(1)
    .max(2_048)
    .describe('An absolute http or https URL; `{secret.name}` may stand in its path and query.'),
  eventTypes: z.array(EventTypeFilter).max(200).describe('`*`, exact types, or prefixes such as `audit.*`.'),
  policy: PolicyInput,
  headers: HeaderList.describe(
    'Added to each request; a same-named one of the event is replaced. Values may hold `{secret.name}`.',
  ),
  provider: z.string().max(60).nullable().describe('Who signs; null for the policy’s own, `none` for nobody.'),
  method: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/, 'use GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS')
    .nullable()
    .describe('In place of the event’s own; null keeps it.'),
  condition: Condition.nullable().describe(
    'Which events beside the type filter, such as `{"body.total": {"$gte": 100}}`; null for all.',
  ),
  transformation: z
    .string()
    .trim()
    .min(1)
    .max(20_000)
    .nullable()
    .describe('A JSONata expression over `body, headers, query, path, method, type, id` that yields the body.'),
  testMode: z.boolean().describe('Build, sign and log every attempt, and send none.'),
  tls: z
    .strictObject({
      verify: z.boolean().describe('False trusts any certificate.'),
      ca: z.string().trim().max(65_536).nullable().describe('More authorities to trust, as PEM.'),
    })
    .partial(),
  forwardPath: z.boolean(),
  enabled: z.boolean(),
  owner: z.string().trim().max(200).nullable(),
  escalation: z.string().trim().max(2_000).nullable().describe('Whom to turn to, and how, when it fails.'),
  watchHours: z.number().min(0).max(8_760).describe('For how long after a change its attempts are flagged for review.'),
}
