import type { ProviderDetail } from '#shared/contract/catalog/providers.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { Engine } from '../../../engine/engine.ts'
import { projectOf } from '../../api-context.ts'
import { toProviderDetail, toProviderView } from '../../views/provider-view.ts'
import { procedures } from '../procedures.ts'

const { providers } = procedures.catalog

function detail({ catalog, signing }: Engine, projectId: ProjectId, id: string): ProviderDetail {
  return toProviderDetail(signing, catalog.resolve(projectId, id), catalog.providers.own(projectId, id))
}

export const providerHandlers = {
  list: providers.list.handler(({ context, input }) => {
    const { catalog, signing } = context.engine
    const { id: projectId } = projectOf(context, input)
    return {
      items: catalog
        .list(projectId)
        .map((provider) => toProviderView(signing, provider, catalog.providers.own(projectId, provider.id))),
    }
  }),

  get: providers.get.handler(({ context, input }) => detail(context.engine, projectOf(context, input).id, input.id)),

  create: providers.create.handler(async ({ context, input: { project, ...definition } }) => {
    const { engine } = context
    const { id: projectId } = projectOf(context, { project })
    await engine.catalog.providers.create(projectId, definition)
    return detail(engine, projectId, definition.id)
  }),

  update: providers.update.handler(async ({ context, input: { id, project, ...change } }) => {
    const { engine } = context
    const { id: projectId } = projectOf(context, { project })
    await engine.catalog.providers.update(projectId, id, change)
    return detail(engine, projectId, id)
  }),

  delete: providers.delete.handler(async ({ context, input: { id, project } }) => {
    const { id: projectId } = projectOf(context, { project })
    return { id, ...(await context.engine.catalog.providers.delete(projectId, id)) }
  }),

  preview: providers.preview.handler(({ context, input: { project: _project, sample, ...definition } }) =>
    context.engine.catalog.preview(definition, sample),
  ),
}
