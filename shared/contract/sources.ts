import { z } from 'zod'
import { HeaderList } from '../model/header.ts'
import { SecretId } from '../model/ids.ts'
import { Slug } from '../model/project.ts'
import { Answer, Duplicates, MAX_SCRIPT_STEPS, ScriptEnd, Source } from '../model/source.ts'
import { ById, changes, InProject, Instant, pageOf, reads } from './base.ts'
import { gaps } from './sources/gaps.ts'

/** The largest body limit that a source may set: what is captured is held in memory until it is stored. */
const MAX_BODY_LIMIT_BYTES = 100 * 1024 * 1024

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

/** More of them in one answer, or longer ones, and a sender would refuse it. */
const MAX_ANSWER_HEADERS = 50
const MAX_ANSWER_HEADER_CHARS = 16_384

const AnswerHeaders = HeaderList.refine((headers) => headers.length <= MAX_ANSWER_HEADERS, {
  error: `use ${MAX_ANSWER_HEADERS} headers at most`,
}).refine((headers) => headers.flat().join('').length <= MAX_ANSWER_HEADER_CHARS, {
  error: `use ${MAX_ANSWER_HEADER_CHARS} characters at most in all headers`,
})

const answerFields = { ...Answer.partial().shape, headers: AnswerHeaders.optional() }

/** One answer, or a script of them; a step may be just its status. */
const AnswerChange = z.strictObject({
  ...answerFields,
  script: z
    .array(z.union([z.string().max(40), z.number().int(), z.strictObject(answerFields)]))
    .min(1)
    .max(MAX_SCRIPT_STEPS)
    .optional()
    .describe('Answers in turn, one for each whole request: statuses such as "500", or answers.'),
  atEnd: ScriptEnd.optional().describe('After the script: its last answer on and on, or all of it again.'),
})

const fields = {
  name: z.string().trim().min(1).max(100),
  provider: z.string().max(60).nullable(),
  answer: AnswerChange,
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .describe(
      'What senders outside use in place of the capture address, whole; signatures over a URL are checked with it.',
    ),
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
  duplicates: Duplicates.describe('What happens to a message that its sender sends again.'),
  bodyLimitBytes: z.number().int().min(1).max(MAX_BODY_LIMIT_BYTES),
  allowedOrigins: z
    .array(z.string().max(300))
    .max(50)
    .describe('Origins such as https://shop.example whose pages may ingest; `*` is any.'),
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
