import { z } from 'zod'
import { changes, Instant, reads } from '../base.ts'

export const StorageView = z.object({
  path: z.string().describe('Where the database lies on the machine of the engine.'),
  databaseBytes: z.number(),
  freeBytes: z.number().describe('Free inside of the database, for new rows or to be given back.'),
  logBytes: z.number().describe('The write-ahead log.'),
  diskFreeBytes: z.number().nullable().describe('What the disk has left; null where it does not say.'),
  backupBytes: z.number(),
  copies: z
    .array(z.object({ path: z.string(), bytes: z.number() }))
    .describe('What an upgrade or a restore kept of the database before it; what is deleted now is still in them.'),
})
export type StorageView = z.infer<typeof StorageView>

/** What a restore left to decide. */
export const RestoredView = z.object({
  at: Instant,
  backupAt: Instant.nullable().describe('When the backup was made, where that is known.'),
  pausedEndpoints: z.number(),
  held: z.number().describe('Deliveries that were on their way when the backup was made.'),
})
export type RestoredView = z.infer<typeof RestoredView>

const tags = ['Storage']

export const storage = {
  show: reads('system:read', [], 'installation')
    .route({ method: 'GET', path: '/storage', summary: 'Show how much is stored', tags })
    .output(StorageView),
  kinds: reads('system:read', [], 'installation')
    .route({
      method: 'GET',
      path: '/storage/kinds',
      summary: 'Show how much each kind of record takes',
      description: 'Reads the whole database, which takes a while where it is large.',
      tags,
    })
    .output(z.object({ items: z.array(z.object({ kind: z.string(), bytes: z.number() })) })),
  decide: changes('system:write', 'restore.decide', [], 'installation')
    .route({
      method: 'POST',
      path: '/storage/restored/decide',
      summary: 'Say what becomes of what a restore held',
      description:
        '`release` sends it, `discard` cancels it; both resume the endpoints that the restore paused. `keep` leaves all paused and held.',
      tags,
    })
    .input(z.strictObject({ held: z.enum(['release', 'discard', 'keep']) }))
    .output(z.object({ endpoints: z.number(), deliveries: z.number() })),
}
