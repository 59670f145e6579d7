import { z } from 'zod'
import { EndpointFields as fields } from '../model/configuration/endpoint-fields.ts'
import { Endpoint, EndpointConfig, EndpointVersion } from '../model/endpoint.ts'
import { LintWarning } from '../model/lint-warning.ts'
import { Policy } from '../model/policy.ts'
import { Rate } from '../model/rate.ts'
import { SecretName } from '../model/secret-name.ts'
import { ById, changes, InProject, Instant, pageOf, reads } from './base.ts'

export const EndpointView = z.object({
  id: Endpoint.shape.id,
  projectId: Endpoint.shape.projectId,
  ...EndpointConfig.shape,
  signedBy: z.string().describe('The provider that signs: the endpoint’s own or else its policy’s; `none` for nobody.'),
  state: Endpoint.shape.state,
  pausedReason: Endpoint.shape.pausedReason,
  pausedAt: Instant.nullable(),
  enabled: z.boolean().describe('False while paused by hand.'),
  consecutiveFailures: Endpoint.shape.consecutiveFailures,
  successRate: Rate.describe('Succeeded of the deliveries that ended in the last 24 hours.'),
  waiting: z.number().describe('Its queue: deliveries that are scheduled, held or under way.'),
  versionId: EndpointVersion.shape.id,
  version: EndpointVersion.shape.number,
  secrets: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      version: z.number(),
      createdAt: Instant,
      expiresAt: Instant.nullable().describe('Until when one that was rotated away still signs.'),
    }),
  ),
  createdAt: Instant,
  lastChangeTested: z.boolean().describe('The last test of this version passed.'),
  lastTest: z.object({ at: Instant, passed: z.boolean(), actor: z.string() }).nullable(),
  watch: z
    .object({
      until: Instant,
      isOpen: z.boolean(),
      review: z.object({ at: Instant, actor: z.string() }).nullable(),
    })
    .describe('The time after its last change during which its attempts are flagged for review.'),
})
export type EndpointView = z.infer<typeof EndpointView>

/** Values go in and never come out. */
const secretValue = z.string().min(1).max(4_096)

export const EndpointCreated = z.object({
  ...EndpointView.shape,
  secret: z.string().nullable().describe('The signing secret, this once; null where nobody signs.'),
})

/** Thirty days: whoever needs longer has not rotated. */
const MOST_OVERLAP_HOURS = 720

const warnings = z.object({ items: z.array(LintWarning).readonly() })

const id = z.object({ ...ById.shape, ...InProject.shape })

export const endpoints = {
  list: reads('endpoints:read')
    .route({ method: 'GET', path: '/endpoints', summary: 'List endpoints', tags: ['Endpoints'] })
    .input(InProject)
    .output(pageOf(EndpointView)),
  create: changes('endpoints:write', 'endpoint.create', ['unknown_provider', 'endpoint_limit', 'vault_locked'])
    .route({
      method: 'POST',
      path: '/endpoints',
      summary: 'Create an endpoint',
      description: 'Without `eventTypes` it selects none. The answer holds the signing secret once.',
      tags: ['Endpoints'],
      successStatus: 201,
    })
    .input(
      z.strictObject({
        ...InProject.shape,
        ...z.object(fields).partial().shape,
        name: fields.name,
        url: fields.url,
        secret: z.string().min(1).max(512).optional().describe('Made for you where it is left out.'),
        secrets: z
          .record(SecretName, secretValue)
          .optional()
          .describe('What `{secret.name}` stands for, by name; kept sealed and never shown again.'),
      }),
    )
    .output(EndpointCreated),
  get: reads('endpoints:read')
    .route({ method: 'GET', path: '/endpoints/{id}', summary: 'Show an endpoint', tags: ['Endpoints'] })
    .input(id)
    .output(EndpointView),
  update: changes('endpoints:write', 'endpoint.update', [
    'unknown_provider',
    'read_only',
    'endpoint_limit',
    'vault_locked',
    'would_drop',
  ])
    .route({ method: 'PATCH', path: '/endpoints/{id}', summary: 'Change an endpoint', tags: ['Endpoints'] })
    .input(
      z.strictObject({
        id: z.string(),
        ...InProject.shape,
        ...z.object(fields).partial().shape,
        scheduled: Policy.shape.scheduled
          .optional()
          .describe(
            'What a new URL does to deliveries that wait: they follow it or keep theirs; else the policy says.',
          ),
        confirm: z
          .boolean()
          .optional()
          .describe('Also where a mapping, a condition or event types would be lost: else 409 `would_drop`.'),
        secrets: z
          .record(SecretName, secretValue.nullable())
          .optional()
          .describe('New values by name; null removes one, the rest stay.'),
      }),
    )
    .output(EndpointView),
  delete: changes('endpoints:write', 'endpoint.delete', ['read_only'])
    .route({
      method: 'DELETE',
      path: '/endpoints/{id}',
      summary: 'Delete an endpoint',
      description: 'Cancels its deliveries that are not final.',
      tags: ['Endpoints'],
    })
    .input(id)
    .output(z.object({ id: z.string(), canceled: z.number() })),
  pause: changes('endpoints:write', 'endpoint.pause')
    .route({ method: 'POST', path: '/endpoints/{id}/pause', summary: 'Pause an endpoint', tags: ['Endpoints'] })
    .input(id)
    .output(z.object({ endpoint: EndpointView, held: z.number() })),
  rotateSecret: changes('endpoints:write', 'secret.rotate', ['vault_locked'])
    .route({
      method: 'POST',
      path: '/endpoints/{id}/rotate-secret',
      summary: 'Rotate the signing secret',
      description:
        'The answer holds the new secret once. The one before signs beside it until the overlap ends; where a request can carry one signature only, it signs alone until then, or until `end-overlap`.',
      tags: ['Endpoints'],
    })
    .input(
      z.strictObject({
        id: z.string(),
        ...InProject.shape,
        overlapHours: z.number().min(0).max(MOST_OVERLAP_HOURS).default(24),
        secret: z.string().min(1).max(20_000).optional().describe('Made for you where it is left out.'),
      }),
    )
    .output(z.object({ endpoint: EndpointView, secret: z.string(), previousUntil: Instant })),
  endOverlap: changes('endpoints:write', 'secret.end_overlap')
    .route({
      method: 'POST',
      path: '/endpoints/{id}/end-overlap',
      summary: 'Sign with the newest secret alone from now on',
      tags: ['Endpoints'],
    })
    .input(id)
    .output(EndpointView),
  resume: changes('endpoints:write', 'endpoint.resume', ['endpoint_active', 'endpoint_limit'])
    .route({
      method: 'POST',
      path: '/endpoints/{id}/resume',
      summary: 'Resume an endpoint',
      description: 'Held deliveries are sent oldest first (`release`) or canceled (`discard`).',
      tags: ['Endpoints'],
    })
    .input(
      z.strictObject({ id: z.string(), ...InProject.shape, held: z.enum(['release', 'discard']).default('release') }),
    )
    .output(z.object({ endpoint: EndpointView, released: z.number(), discarded: z.number() })),
  warnings: reads('endpoints:read')
    .route({
      method: 'GET',
      path: '/endpoints/{id}/warnings',
      summary: 'Show where an endpoint cannot be safe or cannot work',
      tags: ['Endpoints'],
    })
    .input(id)
    .output(warnings),
  lint: reads('endpoints:read')
    .route({
      method: 'POST',
      path: '/policies/lint',
      summary: 'Show where a draft of an endpoint could not be safe or could not work',
      description: 'Takes what creating an endpoint does, finished or not. Nothing is stored.',
      tags: ['Endpoints'],
    })
    .input(
      z.strictObject({
        ...InProject.shape,
        ...z.object(fields).pick({ policy: true, headers: true, provider: true, testMode: true, tls: true }).partial()
          .shape,
        url: z.string().trim().max(2_048).optional(),
      }),
    )
    .output(warnings),
}
