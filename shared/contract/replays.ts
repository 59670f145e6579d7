import { z } from 'zod'
import { Replay, ReplayProgress } from '../model/replay.ts'
import { ById, changes, InProject, Instant, PageInput, pageOf, reads } from './base.ts'

export const ReplayView = z.object({ ...Replay.shape, ...ReplayProgress.shape, createdAt: Instant })
export type ReplayView = z.infer<typeof ReplayView>

export const replays = {
  list: reads('deliveries:read')
    .route({ method: 'GET', path: '/replays', summary: 'List replays', tags: ['Replays'] })
    .input(z.object({ ...InProject.shape, ...PageInput.shape }))
    .output(pageOf(ReplayView)),
  create: changes('deliveries:write', 'replay.create', ['event_not_replayable'])
    .route({
      method: 'POST',
      path: '/replays',
      summary: 'Replay events',
      description:
        'Sends stored events again as new deliveries: to `endpointIds`, to `url`, or else to every endpoint whose filter takes them. To a `url` it also asks for the scope `deliveries:anywhere`.',
      tags: ['Replays'],
      successStatus: 202,
    })
    .input(
      z.strictObject({
        ...InProject.shape,
        eventIds: z.array(z.string()).min(1).max(1_000),
        endpointIds: z.array(z.string()).min(1).max(100).optional(),
        url: z.string().max(2_048).optional(),
        resign: z.boolean().default(true).describe('False keeps the original headers and signature.'),
      }),
    )
    .output(ReplayView),
  get: reads('deliveries:read')
    .route({ method: 'GET', path: '/replays/{id}', summary: 'Show a replay', tags: ['Replays'] })
    .input(z.object({ ...ById.shape, ...InProject.shape }))
    .output(ReplayView),
  cancel: changes('deliveries:write', 'replay.cancel')
    .route({
      method: 'POST',
      path: '/replays/{id}/cancel',
      summary: 'Cancel a replay',
      description: 'What of it is scheduled or held becomes canceled; what is under way ends by itself.',
      tags: ['Replays'],
    })
    .input(z.object({ ...ById.shape, ...InProject.shape }))
    .output(z.object({ replay: ReplayView, canceled: z.number() })),
}
