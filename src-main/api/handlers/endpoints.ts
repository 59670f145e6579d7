import { toInstant } from '#shared/contract/base.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import { type ApiContext, projectOf } from '../api-context.ts'
import { toEndpointView } from '../views/endpoint-view.ts'
import { procedures } from './procedures.ts'

const { endpoints } = procedures
const HOUR_MS = 3_600_000

function endpointOf(context: ApiContext, input: { id: string; project?: string | undefined }): Endpoint {
  return context.engine.endpoints.resolve(projectOf(context, input).id, input.id)
}

export const endpointHandlers = {
  list: endpoints.list.handler(async ({ context, input }) => {
    const { engine } = context
    const newestFirst = engine.endpoints.list(projectOf(context, input).id).toReversed()
    return { items: await Promise.all(newestFirst.map((each) => toEndpointView(engine, each))), nextCursor: null }
  }),

  create: endpoints.create.handler(async ({ context, input: { project, ...fields } }) => {
    const { engine, actor } = context
    const { endpoint, secret } = await engine.endpoints.create(projectOf(context, { project }).id, fields, actor)
    return { ...(await toEndpointView(engine, endpoint)), secret }
  }),

  get: endpoints.get.handler(({ context, input }) => toEndpointView(context.engine, endpointOf(context, input))),

  update: endpoints.update.handler(async ({ context, input: { id, project, ...change } }) => {
    const { engine, actor } = context
    return toEndpointView(engine, await engine.endpoints.update(endpointOf(context, { id, project }), change, actor))
  }),

  delete: endpoints.delete.handler(async ({ context, input }) => {
    const endpoint = endpointOf(context, input)
    return { id: endpoint.id, ...(await context.engine.endpoints.delete(endpoint)) }
  }),

  pause: endpoints.pause.handler(async ({ context, input }) => {
    const { endpoint, held } = await context.engine.endpoints.pause(endpointOf(context, input))
    return { endpoint: await toEndpointView(context.engine, endpoint), held }
  }),

  rotateSecret: endpoints.rotateSecret.handler(async ({ context, input: { id, project, overlapHours, secret } }) => {
    const { engine } = context
    const endpoint = endpointOf(context, { id, project })
    const rotated = await engine.endpoints.rotateSecret(endpoint, {
      overlapMs: Math.round(overlapHours * HOUR_MS),
      secret,
    })
    return {
      endpoint: await toEndpointView(engine, engine.endpoints.resolve(endpoint.projectId, endpoint.id)),
      secret: rotated.secret,
      previousUntil: toInstant(rotated.previousUntil),
    }
  }),

  endOverlap: endpoints.endOverlap.handler(async ({ context, input }) => {
    const endpoint = endpointOf(context, input)
    await context.engine.endpoints.endOverlap(endpoint)
    return toEndpointView(context.engine, endpoint)
  }),

  resume: endpoints.resume.handler(async ({ context, input }) => {
    const { endpoint, count } = await context.engine.endpoints.resume(endpointOf(context, input), input.held)
    const release = input.held === 'release'
    return {
      endpoint: await toEndpointView(context.engine, endpoint),
      released: release ? count : 0,
      discarded: release ? 0 : count,
    }
  }),

  warnings: endpoints.warnings.handler(({ context, input }) => ({
    items: context.engine.linter.endpoint(endpointOf(context, input)),
  })),

  lint: endpoints.lint.handler(({ context, input: { project, ...draft } }) => ({
    items: context.engine.linter.draft(projectOf(context, { project }).id, draft),
  })),
}
