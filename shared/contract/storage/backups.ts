import { z } from 'zod'
import { Backup } from '../../model/backup.ts'
import { ById, changes, Instant, reads } from '../base.ts'

export const BackupView = z.object({
  id: z.string(),
  createdAt: Instant,
  state: z.enum(['running', 'done', 'failed', 'canceled']),
  progress: z
    .object({ copiedBytes: z.number(), totalBytes: z.number() })
    .nullable()
    .describe('How far the copy is; null unless it is running.'),
  reason: z.string().nullable().describe('Why it failed.'),
  file: Backup.pick({ path: true, sizeBytes: true, sha256: true, schemaVersion: true, counts: true })
    .nullable()
    .describe('Where it lies on the machine of the engine and what is in it; null unless it is done.'),
})
export type BackupView = z.infer<typeof BackupView>

const tags = ['Storage']

export const backups = {
  list: reads('system:read', [], 'installation')
    .route({ method: 'GET', path: '/backups', summary: 'List backups', tags })
    .output(z.object({ items: z.array(BackupView) })),
  create: changes('system:write', 'backup.create', ['backup_running', 'backup_not_running'], 'installation')
    .route({
      method: 'POST',
      path: '/backups',
      summary: 'Make a backup',
      description:
        'Copies the whole database to a file beside it while everything goes on. Secrets in it stay sealed; the key that opens them is no part of it.',
      tags,
      successStatus: 202,
    })
    .input(z.strictObject({}).optional())
    .output(BackupView),
  get: reads('system:read', [], 'installation')
    .route({ method: 'GET', path: '/backups/{id}', summary: 'Show a backup', tags })
    .input(ById)
    .output(BackupView),
  cancel: changes('system:write', 'backup.cancel', ['backup_running', 'backup_not_running'], 'installation')
    .route({ method: 'POST', path: '/backups/{id}/cancel', summary: 'Cancel a backup that is being made', tags })
    .input(ById)
    .output(BackupView),
  delete: changes('system:write', 'backup.delete', ['backup_running', 'backup_not_running'], 'installation')
    .route({ method: 'DELETE', path: '/backups/{id}', summary: 'Delete a backup', tags })
    .input(ById)
    .output(z.object({ id: z.string() })),
}
