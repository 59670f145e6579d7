import { toInstant } from '#shared/contract/base.ts'
import { projectOf } from '../../api-context.ts'
import { procedures } from '../procedures.ts'

export const endpointStatsHandler = procedures.endpoints.stats.handler(async ({ context, input }) => {
  const { engine } = context
  const { since, ...stats } = await engine.stats.endpoint(
    engine.endpoints.resolve(projectOf(context, input).id, input.id),
  )
  return { since: toInstant(since), ...stats }
})
