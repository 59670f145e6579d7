import { toInstant } from '#shared/contract/base.ts'
import { projectOf } from '../../api-context.ts'
import { procedures } from '../procedures.ts'

export const overviewHandler = procedures.overview.handler(async ({ context, input }) => {
  const { engine } = context
  const { id: projectId } = projectOf(context, input)
  const { since, until, points, endpoints, ...rest } = await engine.stats.overview(projectId, input.range)
  return {
    ...rest,
    since: toInstant(since),
    until: toInstant(until),
    points: points.map(({ at, ...point }) => ({ ...point, at: toInstant(at) })),
    endpoints: endpoints.map(({ endpointId, ...figures }) => ({
      ...figures,
      endpointId,
      endpointName:
        endpointId === null ? null : (engine.endpoints.find(projectId, endpointId)?.version.config.name ?? null),
    })),
  }
})
