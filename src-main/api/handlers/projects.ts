import { toProjectView } from '../views/project-view.ts'
import { procedures } from './procedures.ts'

const { projects } = procedures

export const projectHandlers = {
  list: projects.list.handler(({ context: { engine } }) => ({
    items: engine.projects.list().toReversed().map(toProjectView),
    nextCursor: null,
  })),

  create: projects.create.handler(async ({ context: { engine }, input }) =>
    toProjectView(await engine.projects.create(input)),
  ),

  update: projects.update.handler(async ({ context: { engine }, input: { id, ...change } }) =>
    toProjectView(await engine.projects.update(engine.projects.resolve(id).id, change)),
  ),
}
