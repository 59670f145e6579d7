import { visibleProject } from '../api-context.ts'
import { toProjectView } from '../views/project-view.ts'
import { procedures } from './procedures.ts'

const { projects } = procedures

export const projectHandlers = {
  list: projects.list.handler(({ context: { engine, actor } }) => ({
    items: engine.projects
      .list()
      .filter(({ id }) => actor.projectId === null || actor.projectId === id)
      .toReversed()
      .map((project) => toProjectView(engine, project)),
    nextCursor: null,
  })),

  create: projects.create.handler(async ({ context: { engine }, input }) =>
    toProjectView(engine, await engine.projects.create(input)),
  ),

  update: projects.update.handler(async ({ context: { engine, actor }, input }) => {
    const { id, apiCallbackUrl, apiCallbackHeaders, ...change } = input
    const before = visibleProject({ engine, actor }, id)
    const callback = { url: apiCallbackUrl, headers: apiCallbackHeaders }
    // Checked before anything is kept, so that a call is done as a whole or not at all.
    const setCallback = engine.callbacks.prepare(before.id, callback, actor)
    const project = await engine.projects.update(before.id, change)
    if (apiCallbackUrl === undefined && apiCallbackHeaders === undefined) return toProjectView(engine, project)
    return toProjectView(engine, project, await setCallback())
  }),

  delete: projects.delete.handler(async ({ context: { engine, actor }, input }) => {
    const project = visibleProject({ engine, actor }, input.id)
    await engine.projects.delete(project, input.confirm)
    return { id: project.id }
  }),
}
