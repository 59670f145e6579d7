import type { Endpoint } from '#shared/model/endpoint.ts'
import { AppError } from '#shared/model/app-error.ts'
import { type ApiContext, projectOf } from '../../api-context.ts'
import { toEndpointView } from '../../views/endpoint-view.ts'
import { toHealthView, toSnapshotView, toTestReportView } from '../../views/operations/operation-view.ts'
import { procedures } from '../procedures.ts'

const { operations } = procedures

function endpointOf(context: ApiContext, input: { id: string; project?: string | undefined }): Endpoint {
  return context.engine.endpoints.resolve(projectOf(context, input).id, input.id)
}

/** The event that a test was asked to send; null where it is to find one. */
export function sampleOf({ type, data }: { type?: string | undefined; data?: unknown }) {
  return type === undefined && data === undefined ? null : { type: type ?? 'test', body: data ?? {} }
}

/** The cursor of a page of snapshots: the number of its last one. */
function numberOf(cursor: string | undefined): number | null {
  if (cursor === undefined) return null
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor)
  throw new AppError('invalid_request', 'This is no cursor of this list.', {
    field: 'cursor',
    hint: 'Pass on nextCursor as it came.',
  })
}

export const operationHandlers = {
  snapshots: {
    list: operations.snapshots.list.handler(async ({ context, input }) => {
      const page = { limit: input.limit + 1, before: numberOf(input.cursor) }
      const found = await context.engine.operations.snapshots.list(endpointOf(context, input), page)
      const shown = found.slice(0, input.limit)
      const hasMore = found.length > shown.length
      return {
        items: shown.map(toSnapshotView),
        nextCursor: hasMore ? String(shown.at(-1)?.version.number ?? '') : null,
      }
    }),

    compare: operations.snapshots.compare.handler(async ({ context, input }) => ({
      changes: await context.engine.operations.snapshots.compare(endpointOf(context, input), input),
    })),

    rollback: operations.snapshots.rollback.handler(async ({ context, input }) => {
      const { engine, actor } = context
      const restored = await engine.operations.snapshots.rollback(endpointOf(context, input), input, actor)
      return { ...(await toEndpointView(engine, restored.endpoint)), notRestored: restored.notRestored }
    }),
  },

  test: operations.test.handler(async ({ context, input }) => {
    const { engine, actor } = context
    return toTestReportView(await engine.operations.test(endpointOf(context, input), sampleOf(input), actor))
  }),

  health: operations.health.handler(async ({ context, input }) =>
    toHealthView(await context.engine.operations.health(endpointOf(context, input))),
  ),

  review: operations.review.handler(async ({ context, input }) => {
    const { engine, actor } = context
    const endpoint = endpointOf(context, input)
    return {
      reviewed: await engine.operations.review(endpoint, actor),
      endpoint: await toEndpointView(engine, endpoint),
    }
  }),
}
