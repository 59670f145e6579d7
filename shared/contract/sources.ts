import { z } from 'zod'
import { SourceFields } from '../model/configuration/source-fields.ts'
import { SecretId } from '../model/ids.ts'
import { Slug } from '../model/project.ts'
import { Source } from '../model/source.ts'
import { ById, changes, InProject, Instant, pageOf, reads } from './base.ts'
import { gaps } from './sources/gaps.ts'

export const SourceView = z.object({
  ...Source.shape,
  secrets: z
    .array(z.object({ id: SecretId, createdAt: Instant }))
    .describe('The secrets that signatures are checked with, newest first; never their values.'),
  hasVerifyToken: z.boolean().describe('Whether a token for its sender’s handshake is stored.'),
  createdAt: Instant,
  isLinked: z.boolean().describe('A relay feeds it, and its address captures nothing.'),
  captureUrl: z.string().describe('Where senders point.'),
  ingestUrl: z.string().describe('Where pages put events, as JSON of `{id, type, createdAt, data}` or a list of them.'),
  scriptStanding: z
    .object({
      given: z.number().int().describe('How many answers the script has given since it was set or reset.'),
      next: z
        .number()
        .int()
        .nullable()
        .describe('The step that comes next, counted from 0; null where each message walks the script by itself.'),
    })
    .nullable()
    .describe('Null where the source always answers the same.'),
})
export type SourceView = z.infer<typeof SourceView>

/** A new value, which goes in and never comes out, or the id of one that is stored already. */
const SourceSecret = z.union([z.string().min(1).max(20_000), z.strictObject({ id: SecretId })])

const fields = {
  ...SourceFields,
  secrets: z
    .array(SourceSecret)
    .max(10)
    .describe(
      'What signatures are checked with, newest first: new values, and `{"id": …}` for stored ones that stay. Replaces the list.',
    ),
  verifyToken: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .nullable()
    .describe(
      'The token that you also typed at the sender, for its handshake; null removes it. It never comes out again.',
    ),
}

export const sources = {
  list: reads('sources:read')
    .route({ method: 'GET', path: '/sources', summary: 'List sources', tags: ['Sources'] })
    .input(InProject)
    .output(pageOf(SourceView)),
  create: changes('sources:write', 'source.create', ['slug_taken', 'unknown_provider', 'vault_locked'])
    .route({ method: 'POST', path: '/sources', summary: 'Create a source', tags: ['Sources'], successStatus: 201 })
    .input(z.strictObject({ ...InProject.shape, ...z.object(fields).partial().shape, name: fields.name, slug: Slug }))
    .output(SourceView),
  update: changes('sources:write', 'source.update', ['unknown_provider', 'vault_locked'])
    .route({ method: 'PATCH', path: '/sources/{id}', summary: 'Change a source', tags: ['Sources'] })
    .input(z.strictObject({ id: z.string(), ...InProject.shape, ...z.object(fields).partial().shape }))
    .output(SourceView),
  resetScript: changes('sources:write', 'source.reset_script')
    .route({
      method: 'POST',
      path: '/sources/{id}/reset-script',
      summary: 'Begin a source’s script of answers again',
      tags: ['Sources'],
    })
    .input(z.object({ ...ById.shape, ...InProject.shape }))
    .output(SourceView),
  rotateIngestKey: changes('sources:write', 'source.rotate_ingest_key')
    .route({
      method: 'POST',
      path: '/sources/{id}/rotate-ingest-key',
      summary: 'Replace a source’s ingest key',
      description: 'Pages that still use the key before it get 404 at once.',
      tags: ['Sources'],
    })
    .input(z.object({ ...ById.shape, ...InProject.shape }))
    .output(SourceView),
  delete: changes('sources:write', 'source.delete')
    .route({
      method: 'DELETE',
      path: '/sources/{id}',
      summary: 'Delete a source',
      description: 'Its address stops capturing; its events stay.',
      tags: ['Sources'],
    })
    .input(z.object({ ...ById.shape, ...InProject.shape }))
    .output(z.object({ id: z.string() })),
  gaps,
}
