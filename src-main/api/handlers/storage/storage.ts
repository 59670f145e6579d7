import { procedures } from '../procedures.ts'

const { storage } = procedures

export const storageHandlers = {
  show: storage.show.handler(async ({ context }) => {
    const { copies, ...sizes } = await context.engine.storage.sizes()
    return { ...sizes, copies: [...copies] }
  }),

  kinds: storage.kinds.handler(async ({ context }) => {
    return { items: [...(await context.engine.storage.sizesByKind())] }
  }),

  decide: storage.decide.handler(async ({ context, input: { held } }) => {
    if (held !== 'keep') return context.engine.restored.decide(held)
    await context.engine.restored.dismiss()
    return { endpoints: 0, deliveries: 0 }
  }),
}
