import { projectOf } from '../api-context.ts'
import { procedures } from './procedures.ts'

export const feedHandler = procedures.feed.handler(({ context, input, lastEventId }) =>
  context.live.follow(projectOf(context, input).id, { lastEventId, beatMs: input.beatMs }),
)
