import { z } from 'zod'
import { HeaderList } from '../model/header.ts'
import { LeftOut, Outage, OutageReason, Replay, ReplayProgress, ReplaySelection } from '../model/replay.ts'
import { ById, changes, FilterText, InProject, Instant, PageInput, pageOf, reads } from './base.ts'

const OutageView = z.object({ ...Outage.shape, since: Instant, until: Instant })
const [Named, Filtered] = ReplaySelection.options

export const ReplayView = z.object({
  ...Replay.omit({ selection: true, target: true }).shape,
  selection: z.union([Named, Filtered, z.object({ outage: OutageView })]),
  target: Replay.shape.target,
  ...ReplayProgress.shape,
  isHandedOn: z.boolean().describe('Whether every delivery of it was made, so that only cancel is left.'),
  leftOut: z.partialRecord(LeftOut, z.number()).describe('How many events were not sent, by reason.'),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
})
export type ReplayView = z.infer<typeof ReplayView>

export const DryRunView = z.object({
  dryRun: z.literal(true),
  events: z.number(),
  deliveries: z.number(),
  byType: z.array(z.object({ type: z.string(), events: z.number(), deliveries: z.number() })),
  byTarget: z.array(
    z.object({
      endpointId: z.string().nullable(),
      endpointName: z.string().nullable(),
      isPaused: z.boolean().describe('What is made for it is held until it is resumed.'),
      deliveries: z.number(),
    }),
  ),
  byReason: z
    .partialRecord(OutageReason, z.number())
    .describe('Of an outage: how the events stand at its endpoint, whichever reasons were asked for.'),
  leftOut: z.partialRecord(LeftOut, z.number()),
  unsigned: z
    .number()
    .describe('Of `deliveries`: those to a URL that nobody signs anew, as no secret is known with which to sign them.'),
  firstAt: Instant.nullable(),
  lastAt: Instant.nullable(),
})
export type DryRunView = z.infer<typeof DryRunView>

export const FoundOutageView = z.object({
  since: Instant.describe('When the first event came that it did not get.'),
  until: Instant.nullable().describe('Just after the last one came; null where it goes on.'),
  failed: z.number(),
  held: z.number(),
})
export type FoundOutageView = z.infer<typeof FoundOutageView>

const tags = ['Replays']
const id = z.object({ ...ById.shape, ...InProject.shape })

/** What is asked for by hand: any offset, and seconds may be left out. */
const Moment = z.iso.datetime({ offset: true })

export const CreateReplay = z.strictObject({
  ...InProject.shape,
  eventIds: z.array(z.string()).min(1).max(1_000).optional(),
  filter: FilterText.optional().describe(
    'Every event that fits, as with `GET /api/v1/events`: `since:2h until:1h type:audit.*`; empty for all of them.',
  ),
  outage: z
    .strictObject({
      endpointId: z.string(),
      since: Moment,
      until: Moment.optional().describe('Now, where it is left out.'),
      reasons: z
        .array(OutageReason)
        .min(1)
        .default([...OutageReason.options]),
    })
    .optional()
    .describe(
      'Events that came from `since` until `until` and that the endpoint did not get: the last delivery failed, is held, was canceled or was simulated, or the endpoint takes the event and there is none (`missed`). One that arrived once, or is on its way, is left out. A held delivery is canceled for its replay to the same endpoint.',
    ),
  endpointIds: z.array(z.string()).min(1).max(100).optional(),
  url: z.string().max(2_048).optional(),
  edit: z
    .strictObject({
      headers: HeaderList.optional(),
      bodyBase64: z.base64().optional(),
      freshIds: z
        .boolean()
        .default(true)
        .describe('Signed anew, it also gets another message id wherever its sender puts one and it was not edited.'),
    })
    .optional()
    .describe(
      'Sends another message in place of the one event that `eventIds` names. It is kept as an event of its own, composed, which points at the first by `editedFrom`; the first stays as it is.',
    ),
  resign: z.boolean().default(true).describe('False keeps the original headers and signature.'),
  signAs: z
    .union([z.enum(['source', 'nobody']), z.strictObject({ endpointId: z.string() })])
    .optional()
    .describe(
      'Who signs anew what goes to `url`: `source`, as the sender that each event’s source names and with the source’s secret (so where it is left out); an endpoint, as it signs what goes to itself; or `nobody`. What has no signer keeps the headers that it came with.',
    ),
  ratePerSecond: z
    .number()
    .min(0.01)
    .max(1_000)
    .nullable()
    .default(null)
    .describe('Deliveries begun in a second; null for no limit.'),
  dryRun: z.boolean().default(false).describe('True counts what would be sent, and sends nothing.'),
})

export const replays = {
  list: reads('deliveries:read')
    .route({ method: 'GET', path: '/replays', summary: 'List replays', tags })
    .input(z.object({ ...InProject.shape, ...PageInput.shape }))
    .output(pageOf(ReplayView)),
  create: changes('deliveries:write', 'replay.create', ['event_not_replayable', 'invalid_filter'])
    .route({
      method: 'POST',
      path: '/replays',
      summary: 'Replay events',
      description:
        'Sends stored events again as new deliveries, in the order in which they came: named ones, those that fit a filter, or those of an outage; to `endpointIds`, to `url`, or else to every endpoint that takes them (of an outage: to its endpoint). To a `url` it also asks for the scope `deliveries:anywhere`. Many are handed on in the background.',
      tags,
      successStatus: 202,
    })
    .input(
      CreateReplay.refine(
        ({ eventIds, filter, outage }) => [eventIds, filter, outage].filter((each) => each !== undefined).length === 1,
        { path: ['eventIds'], message: 'give either eventIds, a filter, or an outage' },
      ),
    )
    .output(z.union([ReplayView, DryRunView])),
  outages: reads('deliveries:read')
    .route({
      method: 'GET',
      path: '/endpoints/{id}/outages',
      summary: 'Find the outages of an endpoint',
      description:
        'Stretches of time in which it did not get what was meant for it, by the latest deliveries that failed or are held, the latest first. A suggestion for `outage` of a replay.',
      tags,
    })
    .input(id)
    .output(z.object({ items: z.array(FoundOutageView) })),
  get: reads('deliveries:read')
    .route({ method: 'GET', path: '/replays/{id}', summary: 'Show a replay', tags })
    .input(id)
    .output(ReplayView),
  pause: changes('deliveries:write', 'replay.pause', ['replay_over'])
    .route({
      method: 'POST',
      path: '/replays/{id}/pause',
      summary: 'Pause a replay',
      description: 'Nothing more is handed on; the deliveries that were made go on.',
      tags,
    })
    .input(id)
    .output(ReplayView),
  resume: changes('deliveries:write', 'replay.resume', ['replay_over'])
    .route({ method: 'POST', path: '/replays/{id}/resume', summary: 'Go on with a paused replay', tags })
    .input(id)
    .output(ReplayView),
  cancel: changes('deliveries:write', 'replay.cancel')
    .route({
      method: 'POST',
      path: '/replays/{id}/cancel',
      summary: 'Cancel a replay',
      description: 'What of it is scheduled or held becomes canceled; what is under way ends by itself.',
      tags,
    })
    .input(id)
    .output(z.object({ replay: ReplayView, canceled: z.number() })),
}
