import { AppError } from '#shared/model/app-error.ts'
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
      .map(toProjectView),
    nextCursor: null,
  })),

  create: projects.create.handler(async ({ context: { engine, actor }, input }) => {
    if (actor.projectId !== null) {
      throw new AppError('forbidden', 'A key of one project cannot make another.', {
        hint: 'Use a key of all projects.',
      })
    }
    return toProjectView(await engine.projects.create(input))
  }),

  update: projects.update.handler(async ({ context: { engine, actor }, input: { id, ...change } }) =>
    toProjectView(await engine.projects.update(visibleProject({ engine, actor }, id).id, change)),
  ),
}
