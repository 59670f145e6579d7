import { z } from 'zod'
import { ApiKey, KeyState } from '../../model/api-key.ts'
import { Scope } from '../../model/scope.ts'
import { ById, changes, Instant, pageOf, reads } from '../base.ts'

export const KeyView = z.object({
  ...ApiKey.shape,
  project: z.string().nullable().describe('The slug of the one project that it may see; null for all of them.'),
  state: KeyState,
  expiresAt: Instant.nullable(),
  createdAt: Instant,
  rotatedAt: Instant.nullable(),
  previousUntil: Instant.nullable().describe('Until when the text before the last rotation still counts.'),
  lastUsedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
})
export type KeyView = z.infer<typeof KeyView>

const KeyWithSecret = z.object({ ...KeyView.shape, secret: z.string().describe('The key’s text, this once.') })

/** More than this is no limit that protects anything, and each one is remembered for a minute. */
const HIGHEST_QUOTA = 60_000
/** Thirty days: whoever needs longer has not rotated. */
const MOST_OVERLAP_HOURS = 720

const fields = {
  name: z.string().trim().min(1).max(100),
  owner: z.string().trim().min(1).max(200).describe('Who answers for it; who makes it where that is left out.'),
  scopes: z
    .array(Scope)
    .min(1)
    .max(Scope.options.length)
    .describe('What it may do: never more than who gives it may do.'),
  expiresAt: z.iso.datetime({ offset: true }).nullable().describe('Null for a key that does not end by itself.'),
  quotaPerMinute: z.number().int().min(1).max(HIGHEST_QUOTA).nullable().describe('Requests in any 60 s.'),
}

const tags = ['Keys']

export const keys = {
  list: reads('keys:read')
    .route({ method: 'GET', path: '/keys', summary: 'List keys', description: 'Those that are over, too.', tags })
    .output(pageOf(KeyView)),
  get: reads('keys:read')
    .route({ method: 'GET', path: '/keys/{id}', summary: 'Show a key', tags })
    .input(ById)
    .output(KeyView),
  create: changes('keys:write', 'key.create')
    .route({
      method: 'POST',
      path: '/keys',
      summary: 'Make a key',
      description: 'The answer holds its text once. A key can only make keys that may do no more than itself.',
      tags,
      successStatus: 201,
    })
    .input(
      z.strictObject({
        ...z.object(fields).partial().shape,
        name: fields.name,
        scopes: fields.scopes,
        project: z.string().nullable().optional().describe('The one project that it may see; null for all of them.'),
      }),
    )
    .output(KeyWithSecret),
  update: changes('keys:write', 'key.update', ['read_only'])
    .route({ method: 'PATCH', path: '/keys/{id}', summary: 'Change a key', tags })
    .input(z.strictObject({ ...ById.shape, ...z.object(fields).partial().shape }))
    .output(KeyView),
  rotate: changes('keys:write', 'key.rotate', ['read_only'])
    .route({
      method: 'POST',
      path: '/keys/{id}/rotate',
      summary: 'Make the text of a key anew',
      description: 'The answer holds it once. The text before it counts until the overlap is over, then no more.',
      tags,
    })
    .input(z.strictObject({ ...ById.shape, overlapHours: z.number().min(0).max(MOST_OVERLAP_HOURS).default(0) }))
    .output(KeyWithSecret),
  revoke: changes('keys:write', 'key.revoke')
    .route({
      method: 'DELETE',
      path: '/keys/{id}',
      summary: 'Revoke a key',
      description: 'At once and for good; calls that are under way with it end within seconds.',
      tags,
    })
    .input(ById)
    .output(KeyView),
}
