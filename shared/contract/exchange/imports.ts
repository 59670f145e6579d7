import { z } from 'zod'
import { ImportChoice, ImportSummary } from '../../model/exchange/exchange-run.ts'
import { ById, changes, InProject, Instant, reads } from '../base.ts'

const { sourceId: _sourceId, ...choice } = ImportChoice.shape

export const ImportView = z.object({
  id: z.string(),
  createdAt: Instant,
  fileName: z.string(),
  sizeBytes: z.number(),
  state: z.enum(['receiving', 'checking', 'checked', 'refused', 'storing', 'done', 'failed', 'canceled']),
  receivedBytes: z.number().describe('How much of the file came.'),
  readBytes: z.number().describe('How much of it was checked.'),
  summary: z
    .object({ ...ImportSummary.shape, firstAt: Instant.nullable(), lastAt: Instant.nullable() })
    .nullable()
    .describe('What the file holds; null until it is checked.'),
  stored: z.object({ done: z.number(), total: z.number() }).nullable().describe('How much is kept; null before.'),
  reason: z.string().nullable().describe('Why the file is not taken, or the import failed.'),
  hint: z.string().nullable(),
})
export type ImportView = z.infer<typeof ImportView>

/** Larger parts would hold up what delivers while they are read. */
export const PART_BYTES = 4 * 1024 * 1024

const id = z.object({ ...ById.shape, ...InProject.shape })
const tags = ['Export and import']

export const imports = {
  list: reads('events:read')
    .route({ method: 'GET', path: '/imports', summary: 'List the imports since the start', tags })
    .input(InProject)
    .output(z.object({ items: z.array(ImportView) })),
  create: changes('events:write', 'import.create', ['exchange_busy'])
    .route({
      method: 'POST',
      path: '/imports',
      summary: 'Open an import for a file',
      description:
        'A HAR 1.2, or JSON Lines as an export writes them. Send the file in parts, wait until it is `checked`, look at its summary, and start it: all of it is kept, or nothing. What is imported is delivered to nobody; replay it for that.',
      tags,
      successStatus: 201,
    })
    .input(
      z.strictObject({
        ...InProject.shape,
        fileName: z.string().trim().min(1).max(200),
        sizeBytes: z.number().int().min(1),
      }),
    )
    .output(ImportView),
  // Nothing is kept of a part by itself: who opened the import, and who starts it, is on record.
  append: reads('events:write', ['exchange_state', 'storage_unavailable'])
    .route({
      method: 'POST',
      path: '/imports/{id}/parts',
      summary: 'Send a part of the file',
      description: `Parts follow one another and hold ${PART_BYTES / 1024 / 1024} MiB at most. The last one begins the check.`,
      tags,
    })
    .input(
      z.strictObject({
        id: z.string(),
        ...InProject.shape,
        offset: z.number().int().min(0).describe('Where in the file it begins.'),
        bytesBase64: z.base64(),
      }),
    )
    .output(ImportView),
  get: reads('events:read')
    .route({ method: 'GET', path: '/imports/{id}', summary: 'Show an import', tags })
    .input(id)
    .output(ImportView),
  start: changes('events:write', 'import.start', ['exchange_state', 'exchange_busy'])
    .route({
      method: 'POST',
      path: '/imports/{id}/start',
      summary: 'Keep what a checked file holds',
      tags,
      successStatus: 202,
    })
    .input(
      z.strictObject({
        id: z.string(),
        ...InProject.shape,
        source: z
          .string()
          .optional()
          .describe('A source’s id or slug that the events belong to; none where it is left out.'),
        secrets: choice.secrets.default('hidden').describe('Whether values that let somebody in are kept.'),
        only: choice.only.default('all'),
      }),
    )
    .output(ImportView),
  cancel: changes('events:write', 'import.cancel', ['exchange_state'])
    .route({
      method: 'POST',
      path: '/imports/{id}/cancel',
      summary: 'Cancel an import',
      description: 'What of it is kept already is taken back.',
      tags,
    })
    .input(id)
    .output(ImportView),
}
