import { toBackupView } from '../../views/storage/backup-view.ts'
import { procedures } from '../procedures.ts'

const { backups } = procedures

export const backupHandlers = {
  list: backups.list.handler(async ({ context }) => {
    return { items: (await context.engine.backups.list()).map(toBackupView) }
  }),

  create: backups.create.handler(({ context }) => {
    return toBackupView(context.engine.backups.start())
  }),

  get: backups.get.handler(async ({ context, input }) => {
    return toBackupView(await context.engine.backups.get(input.id))
  }),

  cancel: backups.cancel.handler(async ({ context, input }) => {
    return toBackupView(await context.engine.backups.cancel(input.id))
  }),

  delete: backups.delete.handler(async ({ context, input }) => {
    await context.engine.backups.remove(input.id)
    return { id: input.id }
  }),
}
