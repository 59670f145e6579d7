import { z } from 'zod'
import { HeaderList } from '../../model/header.ts'
import { DriftFinding } from '../../model/schema/drift.ts'
import { changes, FilterText, InProject, Instant, reads } from '../base.ts'

const tags = ['Events']
const eventIds = z.array(z.string()).min(1).max(1_000)

export const ClearView = z.object({
  filter: z.string(),
  state: z.enum(['running', 'done', 'canceled', 'failed']),
  total: z.number().nullable().describe('Null where there were too many to be counted.'),
  deleted: z.number(),
  kept: z.number().describe('Left where they are: a delivery of each was under way.'),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
})
export type ClearView = z.infer<typeof ClearView>

const LastClear = z.object({ clear: ClearView.nullable().describe('Null where there was none since the start.') })

/** What is done with many events at a time. */
export const manyEvents = {
  mark: changes('events:write', 'event.mark', ['invalid_filter'])
    .route({
      method: 'POST',
      path: '/events/mark',
      summary: 'Mark events as read or unread',
      description: 'Named ones, or all that fit `filter`; an empty one means every event. A project shares its marks.',
      tags,
    })
    .input(
      z
        .strictObject({
          ...InProject.shape,
          eventIds: eventIds.optional(),
          filter: FilterText.optional(),
          read: z.boolean(),
        })
        .refine(({ eventIds: named, filter }) => (named === undefined) !== (filter === undefined), {
          path: ['eventIds'],
          message: 'give either eventIds or a filter',
        }),
    )
    .output(z.object({ marked: z.number() })),
  deleteNamed: changes('events:write', 'event.delete_many')
    .route({
      method: 'POST',
      path: '/events/delete',
      summary: 'Delete events',
      description:
        'With their deliveries and attempts, whatever waits. One that is being delivered stays; one that is not there is passed over.',
      tags,
    })
    .input(z.strictObject({ ...InProject.shape, eventIds }))
    .output(z.object({ deleted: z.number(), kept: z.number() })),
  clear: changes('events:write', 'event.clear', ['clear_running', 'invalid_filter'])
    .route({
      method: 'POST',
      path: '/events/clear',
      summary: 'Delete what fits a filter',
      description: 'In the background, one filter of a project at a time; what came later than `until` stays.',
      tags,
      successStatus: 202,
    })
    .input(
      z.strictObject({
        ...InProject.shape,
        filter: FilterText.describe('Empty for every event of the project.'),
        until: z.iso.datetime({ offset: true }).optional().describe('Now, where it is left out.'),
      }),
    )
    .output(ClearView),
  clearing: reads('events:read')
    .route({ method: 'GET', path: '/events/clear', summary: 'Show how far a clear is, or the last one was', tags })
    .input(InProject)
    .output(LastClear),
  stopClear: changes('events:write', 'event.stop_clear')
    .route({
      method: 'POST',
      path: '/events/clear/stop',
      summary: 'Stop a clear',
      description: 'What it deleted stays deleted.',
      tags,
    })
    .input(z.strictObject(InProject.shape))
    .output(LastClear),
  takers: reads('events:write')
    .route({
      method: 'POST',
      path: '/events/takers',
      summary: 'Tell where an event would go',
      description:
        'The endpoints whose types and condition take it now, and how its body stands to the schema of its type. Nothing is stored or sent.',
      tags,
    })
    .input(
      z.strictObject({
        ...InProject.shape,
        type: z.string().min(1).max(200),
        bodyBase64: z.base64().default(''),
        contentType: z.string().max(200).default('application/json'),
        headers: HeaderList.optional(),
        provider: z.string().max(60).optional(),
      }),
    )
    .output(
      z.object({
        items: z.array(z.object({ id: z.string(), name: z.string(), isPaused: z.boolean() })),
        findings: z
          .array(DriftFinding)
          .nullable()
          .describe('Where it does not fit the schema of its type; null where that cannot be judged.'),
      }),
    ),
}
