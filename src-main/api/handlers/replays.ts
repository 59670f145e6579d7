import type { z } from 'zod'
import type { CreateReplay } from '#shared/contract/replays.ts'
import { requireScope, type WantedReplay, type WantedSelection } from '../../engine/engine.ts'
import { projectOf } from '../api-context.ts'
import { toDryRunView, toFoundOutageView, toReplayView } from '../views/replay-view.ts'
import { procedures } from './procedures.ts'

const { replays } = procedures

export const replayHandlers = {
  list: replays.list.handler(async ({ context, input }) => {
    const page = await context.engine.replays.list({
      projectId: projectOf(context, input).id,
      limit: input.limit,
      cursor: input.cursor ?? null,
    })
    return { items: page.items.map(toReplayView), nextCursor: page.nextCursor }
  }),

  create: replays.create.handler(async ({ context, input, signal }) => {
    const { engine, actor } = context
    const { url, endpointIds, resign, signAs, ratePerSecond, dryRun, edit } = input
    if (url !== undefined) requireScope(actor, 'deliveries:anywhere')
    const { id } = projectOf(context, input)
    const wanted = {
      selection: selectionOf(input),
      url,
      endpointIds,
      resign,
      signAs,
      ratePerSecond,
      edit: edit && toEdit(edit),
    }
    if (dryRun) return toDryRunView(engine, id, await engine.replays.dryRun(id, wanted, signal))
    return toReplayView(await engine.replays.create(id, wanted, actor))
  }),

  pause: replays.pause.handler(async ({ context, input }) =>
    toReplayView(await context.engine.replays.pause(projectOf(context, input).id, input.id)),
  ),

  resume: replays.resume.handler(async ({ context, input }) =>
    toReplayView(await context.engine.replays.resume(projectOf(context, input).id, input.id)),
  ),

  cancel: replays.cancel.handler(async ({ context, input }) => {
    const { canceled, ...found } = await context.engine.replays.cancel(projectOf(context, input).id, input.id)
    return { replay: toReplayView(found), canceled }
  }),

  outages: replays.outages.handler(async ({ context, input }) => {
    const found = await context.engine.replays.outages(projectOf(context, input).id, input.id)
    return { items: found.map(toFoundOutageView) }
  }),

  get: replays.get.handler(async ({ context, input }) =>
    toReplayView(await context.engine.replays.get(projectOf(context, input).id, input.id)),
  ),
}

function toEdit({
  headers,
  bodyBase64,
  freshIds,
}: NonNullable<z.infer<typeof CreateReplay>['edit']>): WantedReplay['edit'] {
  return { headers, freshIds, body: bodyBase64 === undefined ? undefined : Buffer.from(bodyBase64, 'base64') }
}

function selectionOf({ eventIds, filter, outage }: z.infer<typeof CreateReplay>): WantedSelection {
  if (eventIds) return { eventIds }
  if (!outage) return { filter: filter ?? '' }
  const { endpointId, reasons } = outage
  return {
    outage: {
      endpointId,
      reasons,
      since: Date.parse(outage.since),
      until: outage.until === undefined ? null : Date.parse(outage.until),
    },
  }
}
