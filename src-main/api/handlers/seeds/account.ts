import { toCallbackView } from '../../views/callback-view.ts'
import { procedures } from '../procedures.ts'

const { account } = procedures

export const accountHandlers = {
  get: account.get.handler(({ context }) => {
    return toCallbackView(context.engine.callbacks.get('account'))
  }),

  update: account.update.handler(async ({ context, input }) => {
    const { engine, actor } = context
    const change = { url: input.apiCallbackUrl, headers: input.apiCallbackHeaders }
    return toCallbackView(await engine.callbacks.prepare('account', change, actor)())
  }),
}
