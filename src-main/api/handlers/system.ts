import { projectOf } from '../api-context.ts'
import { toRestoredView } from '../views/storage/restored-view.ts'
import { procedures } from './procedures.ts'

const { system } = procedures

export const systemHandlers = {
  status: system.status.handler(async ({ context, input }) => {
    const { engine, info } = context
    const project = projectOf(context, input)
    const endpoints = engine.endpoints.list(project.id)
    const [events, unread, deliveries] = await Promise.all([
      engine.events.count(project.id),
      engine.readMarks.countUnread(project.id),
      engine.deliveries.countByState(project.id),
    ])
    return {
      ...info,
      timeScale: project.timeScale,
      events,
      unread,
      deliveries,
      endpoints: endpoints.length,
      restored: toRestoredView(engine.restored.show()),
      pausedEndpoints: endpoints.flatMap(({ id, version, pausedReason }) =>
        pausedReason ? [{ id, name: version.config.name, reason: pausedReason }] : [],
      ),
    }
  }),

  policies: system.policies.handler(({ context: { engine } }) => ({ items: [...engine.policies] })),

  forecast: system.forecast.handler(({ context: { engine }, input }) => engine.forecast(input)),
}
