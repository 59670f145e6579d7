import { z } from 'zod'
import { typescriptOf } from '#shared/model/schema/typescript-of.ts'
import type { EventTypeView } from '#shared/contract/catalog/event-types.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { OwnEventType } from '#shared/model/own-event-type.ts'
import type { Engine } from '../../../engine/engine.ts'
import { projectOf } from '../../api-context.ts'
import { toEventTypeView } from '../../views/provider-view.ts'
import { procedures } from '../procedures.ts'

const { eventTypes } = procedures.catalog

function all({ catalog }: Engine, projectId: ProjectId, wanted: string | undefined): EventTypeView[] {
  const providers = wanted === undefined ? catalog.list(projectId) : [catalog.resolve(projectId, wanted)]
  return providers.flatMap(({ id, eventTypes: types }) => types.map((type) => toEventTypeView(catalog, id, type)))
}

function ownView({ catalog }: Engine, { provider, schema, ...type }: OwnEventType): EventTypeView {
  return toEventTypeView(catalog, provider, { ...type, ...(schema && { schema }) })
}

export const eventTypeHandlers = {
  list: eventTypes.list.handler(({ context, input }) => ({
    items: all(context.engine, projectOf(context, input).id, input.provider),
  })),

  infer: eventTypes.infer.handler(async ({ context, input }) => {
    const { engine } = context
    const { type, provider = null, limit } = input
    const projectId = projectOf(context, input).id
    if (provider !== null) engine.catalog.resolve(projectId, provider)
    const { schema, newest, ...counts } = await engine.schemas.infer({ projectId, type, provider, limit })
    return { schema, typescript: typescriptOf(schema, type), ...counts, newest: z.json().parse(newest) }
  }),

  create: eventTypes.create.handler(async ({ context, input: { project, ...definition } }) => {
    const { engine } = context
    return ownView(engine, await engine.catalog.eventTypes.create(projectOf(context, { project }).id, definition))
  }),

  update: eventTypes.update.handler(async ({ context, input: { id, project, ...change } }) => {
    const { engine } = context
    return ownView(engine, await engine.catalog.eventTypes.update(projectOf(context, { project }).id, id, change))
  }),

  delete: eventTypes.delete.handler(async ({ context, input: { id, project } }) => {
    await context.engine.catalog.eventTypes.delete(projectOf(context, { project }).id, id)
    return { id }
  }),

  check: eventTypes.check.handler(({ context, input: { schema, sample } }) => ({
    problems: context.engine.catalog.eventTypes
      .problems({ schema, sample })
      .map(({ in: place, path, message }) => ({ in: place, path: [...path], message })),
  })),
}
