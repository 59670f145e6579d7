import { z } from 'zod'
import { ExchangeFormat, ExportFile, ExportProgress, SecretsChoice } from '../../model/exchange/exchange-run.ts'
import { ById, changes, InProject, Instant, reads } from '../base.ts'
import { EventFilterInput } from '../events.ts'

export const ExportView = z.object({
  id: z.string(),
  createdAt: Instant,
  format: ExchangeFormat,
  secrets: SecretsChoice,
  state: z.enum(['running', 'done', 'failed', 'canceled']),
  progress: ExportProgress.nullable().describe('How far it is; null unless it is running.'),
  file: ExportFile.nullable().describe('What it made; null unless it is done.'),
  reason: z.string().nullable().describe('Why it failed.'),
})
export type ExportView = z.infer<typeof ExportView>

const id = z.object({ ...ById.shape, ...InProject.shape })
const tags = ['Export and import']

export const exports = {
  list: reads('events:read')
    .route({ method: 'GET', path: '/exports', summary: 'List the exports since the start', tags })
    .input(InProject)
    .output(z.object({ items: z.array(ExportView) })),
  create: changes('events:read', 'export.create', ['exchange_busy', 'invalid_filter'])
    .route({
      method: 'POST',
      path: '/exports',
      summary: 'Export events to a file',
      description:
        'As HAR 1.2, or as JSON Lines. The events named by `eventIds`, or else all that the filter takes, 100,000 at most. With `deliveries` it also asks for the scope `deliveries:read`. Unless `secrets` is `included`, values of headers, query fields and capture addresses that let somebody in are hidden; bodies stay as they are.',
      tags,
      successStatus: 202,
    })
    .input(
      z.strictObject({
        ...InProject.shape,
        format: ExchangeFormat,
        eventIds: z.array(z.string()).min(1).max(10_000).optional(),
        ...EventFilterInput.shape,
        deliveries: z.boolean().default(true).describe('With every delivery and attempt of each event.'),
        secrets: SecretsChoice.default('hidden'),
      }),
    )
    .output(ExportView),
  get: reads('events:read')
    .route({ method: 'GET', path: '/exports/{id}', summary: 'Show an export', tags })
    .input(id)
    .output(ExportView),
  cancel: changes('events:read', 'export.cancel', ['exchange_state'])
    .route({ method: 'POST', path: '/exports/{id}/cancel', summary: 'Cancel an export that is being made', tags })
    .input(id)
    .output(ExportView),
  file: changes('events:read', 'export.download', ['exchange_state'])
    .route({
      method: 'GET',
      path: '/exports/{id}/file',
      summary: 'Download what an export made',
      description: 'The file as application/octet-stream; it is kept until Hookloop ends, or the export is deleted.',
      tags,
    })
    .input(id)
    .output(z.file().mime('application/octet-stream')),
  delete: changes('events:read', 'export.delete', ['exchange_state'])
    .route({ method: 'DELETE', path: '/exports/{id}', summary: 'Delete an export with its file', tags })
    .input(id)
    .output(z.object({ id: z.string() })),
}
