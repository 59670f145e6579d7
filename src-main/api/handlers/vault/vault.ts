import { type ApiContext, projectOf } from '../../api-context.ts'
import { procedures } from '../procedures.ts'

const { vault } = procedures.vault

/** Of all projects: what changes the vault is for the whole installation. */
function statusOf({ engine }: ApiContext) {
  return engine.vault.status(engine.projects.list().map(({ id }) => id))
}

export const vaultHandlers = {
  status: vault.status.handler(({ context, input }) => context.engine.vault.status([projectOf(context, input).id])),

  rotateKeys: vault.rotateKeys.handler(async ({ context }) => {
    await context.engine.vault.rotateKeys()
    return statusOf(context)
  }),

  recheck: vault.recheck.handler(async ({ context }) => {
    const resumed = await context.engine.vault.recheck()
    return { ...(await statusOf(context)), resumed }
  }),

  unlock: vault.unlock.handler(async ({ context, input }) => {
    const resumed = await context.engine.vault.unlock(input.passphrase)
    return { ...(await statusOf(context)), resumed }
  }),

  keepKey: vault.keepKey.handler(async ({ context, input }) => {
    const { project: _, ...keeper } = input
    await context.engine.vault.keepKey(keeper)
    return statusOf(context)
  }),

  startOver: vault.startOver.handler(async ({ context }) => {
    await context.engine.vault.startOver()
    return statusOf(context)
  }),
}
