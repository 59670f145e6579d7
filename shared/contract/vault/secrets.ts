import { z } from 'zod'
import { RevealTry } from '../../model/reveal.ts'
import { SecretName } from '../../model/secret-name.ts'
import { ById, changes, InProject, Instant, reads } from '../base.ts'

/** When something was revealed, and by whom. */
export const RevealedView = z.object({ at: Instant, by: RevealTry.shape.by })

export const SecretView = z.object({
  id: z.string().describe('Of its newest version.'),
  projectId: z.string(),
  place: z.object({ kind: z.enum(['endpoint', 'source']), id: z.string(), name: z.string() }),
  role: z
    .enum(['signing', 'named', 'verify-token', 'link-key'])
    .describe(
      'What signs or checks signatures, what `{secret.name}` stands for, what a sender shows that asks, or what a relay is asked with.',
    ),
  name: z.string(),
  owner: z.string().nullable().describe('Its own, else its endpoint’s.'),
  createdAt: Instant.describe('Of its newest version.'),
  ageDays: z.number().int(),
  isOld: z.boolean().describe('Older than the project’s `secretMaxAgeDays`: rotate it.'),
  lastUsedAt: Instant.nullable().describe('When a request last went out with it; kept within half a minute.'),
  isLocked: z.boolean().describe('Its value cannot be opened: it must be entered again.'),
  usedIn: z.array(z.string()).describe('The fields of the endpoint that hold `{secret.name}`.'),
  versions: z
    .array(
      z.object({
        id: z.string(),
        version: z.number(),
        createdAt: Instant,
        expiresAt: Instant.nullable().describe('Until when one that was rotated away still counts.'),
        isLocked: z.boolean(),
        revealed: RevealedView.nullable().describe('Null while it can be revealed, one time.'),
      }),
    )
    .describe('Newest first.'),
})
export type SecretView = z.infer<typeof SecretView>

export const RevealTryView = z.object({ ...RevealTry.shape, at: Instant })
export type RevealTryView = z.infer<typeof RevealTryView>

/** Thirty days: whoever needs longer has not rotated. */
const MOST_OVERLAP_HOURS = 720

const value = z.string().min(1).max(20_000).optional().describe('Made for you where it is left out.')
const owner = z.string().trim().min(1).max(200).nullable()
const id = z.object({ ...ById.shape, ...InProject.shape })
const tags = ['Secrets']

/** The answer to whatever makes a value. */
const Made = z.object({
  secret: SecretView,
  value: z.string().nullable().describe('The value that was made, this once; null where one was given.'),
})

export const secrets = {
  list: reads('endpoints:read')
    .route({
      method: 'GET',
      path: '/secrets',
      summary: 'List secrets',
      description: 'Of endpoints, then of sources, with everything but their values.',
      tags,
    })
    .input(z.object({ ...InProject.shape, endpointId: z.string().optional() }))
    .output(z.object({ items: z.array(SecretView), nextCursor: z.null() })),
  create: changes('endpoints:write', 'secret.create', ['read_only', 'vault_locked'])
    .route({ method: 'POST', path: '/secrets', summary: 'Add a secret to an endpoint', tags, successStatus: 201 })
    .input(
      z.strictObject({
        ...InProject.shape,
        endpointId: z.string(),
        name: SecretName,
        value,
        owner: owner.optional(),
      }),
    )
    .output(Made),
  update: changes('endpoints:write', 'secret.update')
    .route({ method: 'PATCH', path: '/secrets/{id}', summary: 'Change the owner of a secret', tags })
    .input(z.strictObject({ id: z.string(), ...InProject.shape, owner }))
    .output(SecretView),
  rotate: changes('endpoints:write', 'secret.rotate', ['read_only', 'vault_locked'])
    .route({
      method: 'POST',
      path: '/secrets/{id}/rotate',
      summary: 'Put a new version in the place of a secret',
      description:
        'For the overlap the version before still counts: a signing secret signs beside the new one; where a request has room for one value only, the one before goes on being sent until then, or until `end-overlap`.',
      tags,
    })
    .input(
      z.strictObject({
        id: z.string(),
        ...InProject.shape,
        value,
        overlapHours: z.number().min(0).max(MOST_OVERLAP_HOURS).default(0),
      }),
    )
    .output(z.object({ ...Made.shape, previousUntil: Instant })),
  endOverlap: changes('endpoints:write', 'secret.end_overlap')
    .route({
      method: 'POST',
      path: '/secrets/{id}/end-overlap',
      summary: 'Use the newest version alone from now on',
      tags,
    })
    .input(id)
    .output(SecretView),
  delete: changes('endpoints:write', 'secret.delete', ['secret_in_use', 'read_only'])
    .route({
      method: 'DELETE',
      path: '/secrets/{id}',
      summary: 'Remove a named secret with all its versions',
      description: 'Refused while the endpoint’s URL or headers use it, and for the one that signs.',
      tags,
    })
    .input(id)
    .output(z.object({ id: z.string() })),
  reveal: changes('secrets:reveal', 'secret.reveal', ['already_revealed', 'reveal_limit', 'vault_locked'])
    .route({
      method: 'POST',
      path: '/secrets/{id}/reveal',
      summary: 'Show the value of a secret, one time',
      description:
        'The id is a version’s. Each version is revealed one time only, and an endpoint’s secrets at most 10 times an hour. Every try is recorded before it is answered.',
      tags,
    })
    .input(id)
    .output(
      z.object({
        id: z.string(),
        name: z.string(),
        version: z.number(),
        value: z.string(),
        revealedAt: Instant,
        left: z.number().describe('How many reveals this endpoint has left within the hour.'),
      }),
    ),
  reveals: reads('endpoints:read')
    .route({
      method: 'GET',
      path: '/reveals',
      summary: 'List who tried to see the secrets of an endpoint, newest first',
      description: 'Those of secrets that were removed since too.',
      tags,
    })
    .input(z.object({ ...InProject.shape, endpointId: z.string() }))
    .output(z.object({ items: z.array(RevealTryView), nextCursor: z.null() })),
}
