import { requireWholeInstallation } from '../../access/whole-installation.ts'
import { procedures } from '../procedures.ts'

const { storage } = procedures

export const storageHandlers = {
  show: storage.show.handler(({ context }) => {
    requireWholeInstallation(context)
    return context.engine.storage.sizes()
  }),

  kinds: storage.kinds.handler(async ({ context }) => {
    requireWholeInstallation(context)
    return { items: [...(await context.engine.storage.sizesByKind())] }
  }),
}
