import { toInstant } from '#shared/contract/base.ts'
import type { EndpointSecret } from '../../../engine/engine.ts'
import { type ApiContext, projectOf } from '../../api-context.ts'
import { toRevealTryView, toSecretView } from '../../views/vault/secret-view.ts'
import { procedures } from '../procedures.ts'

const { secrets } = procedures.vault
const HOUR_MS = 3_600_000

function secretOf(context: ApiContext, input: { id: string; project?: string | undefined }): Promise<EndpointSecret> {
  return context.engine.vault.resolve(projectOf(context, input).id, input.id)
}

export const secretHandlers = {
  list: secrets.list.handler(async ({ context, input }) => {
    const { engine } = context
    const projectId = projectOf(context, input).id
    const endpoint = input.endpointId === undefined ? null : engine.endpoints.resolve(projectId, input.endpointId)
    const listed = await engine.vault.list(projectId)
    const items = listed.filter(
      ({ place }) => endpoint === null || (place.kind === 'endpoint' && place.endpoint.id === endpoint.id),
    )
    return { items: items.map(toSecretView), nextCursor: null }
  }),

  create: secrets.create.handler(async ({ context, input: { project, endpointId, ...fields } }) => {
    const { engine, actor } = context
    const endpoint = engine.endpoints.resolve(projectOf(context, { project }).id, endpointId)
    const { secret, value } = await engine.vault.add(endpoint, fields, actor)
    return { secret: toSecretView(secret), value }
  }),

  update: secrets.update.handler(async ({ context, input }) =>
    toSecretView(await context.engine.vault.setOwner(await secretOf(context, input), input.owner)),
  ),

  rotate: secrets.rotate.handler(async ({ context, input: { overlapHours, value, ...input } }) => {
    const secret = await secretOf(context, input)
    const rotated = await context.engine.vault.rotate(secret, { value, overlapMs: Math.round(overlapHours * HOUR_MS) })
    return {
      secret: toSecretView(rotated.secret),
      value: rotated.value,
      previousUntil: toInstant(rotated.previousUntil),
    }
  }),

  endOverlap: secrets.endOverlap.handler(async ({ context, input }) =>
    toSecretView(await context.engine.vault.endOverlap(await secretOf(context, input))),
  ),

  delete: secrets.delete.handler(async ({ context, input }) => {
    const secret = await secretOf(context, input)
    await context.engine.vault.remove(secret, context.actor)
    return { id: secret.id }
  }),

  reveal: secrets.reveal.handler(async ({ context, input }) => {
    const { engine, actor } = context
    const { at, ...revealed } = await engine.vault.reveal(projectOf(context, input).id, input.id, actor)
    return { id: input.id, ...revealed, revealedAt: toInstant(at) }
  }),

  reveals: secrets.reveals.handler(async ({ context, input }) => {
    const { engine } = context
    const endpoint = engine.endpoints.resolve(projectOf(context, input).id, input.endpointId)
    return { items: (await engine.vault.reveals(endpoint)).map(toRevealTryView), nextCursor: null }
  }),
}
