import type { ApiContext } from '../../api-context.ts'
import { procedures } from '../procedures.ts'

const { vault } = procedures.vault

/** Of what the caller may see. */
function statusOf({ engine, actor }: ApiContext) {
  const projects = engine.projects.list().filter(({ id }) => actor.projectId === null || actor.projectId === id)
  return engine.vault.status(projects.map(({ id }) => id))
}

export const vaultHandlers = {
  status: vault.status.handler(({ context }) => statusOf(context)),

  rotateKeys: vault.rotateKeys.handler(async ({ context }) => {
    await context.engine.vault.rotateKeys()
    return statusOf(context)
  }),

  recheck: vault.recheck.handler(async ({ context }) => {
    const resumed = await context.engine.vault.recheck()
    return { ...(await statusOf(context)), resumed }
  }),

  startOver: vault.startOver.handler(async ({ context }) => {
    await context.engine.vault.startOver()
    return statusOf(context)
  }),
}
