import { AppError } from '#shared/model/app-error.ts'
import type { EventRecord } from '#shared/model/event.ts'
import { type EndpointId, EventId, type ProjectId } from '#shared/model/ids.ts'
import type { ReplaySelection, ReplayTarget, SignAs } from '#shared/model/replay.ts'
import { checkTargetUrl } from '../endpoints/endpoint-config.ts'
import type { EndpointsApi, EventsApi } from '../engine.ts'
import { checkHeaders } from '../header-rules.ts'
import type { AddressGuard, Clock } from '../ports.ts'
import type { ReplayCandidate, ReplayStore } from './replay-store.ts'
import type { WantedReplay, WantedSelection } from './replays-api.ts'

export interface WantedDeps {
  events: Pick<EventsApi, 'get' | 'readFilter'>
  candidates: ReplayStore['candidates']
  endpoints: Pick<EndpointsApi, 'resolve'>
  guard: AddressGuard
  clock: Pick<Clock, 'now'>
}

/** What is asked for, as far as it can be: every event and endpoint is there. Throws `AppError` that names the field. */
export async function readWanted(
  deps: WantedDeps,
  projectId: ProjectId,
  wanted: WantedReplay,
): Promise<{ selection: ReplaySelection; target: ReplayTarget }> {
  checkEdit(wanted)
  const target = targetOf(deps, projectId, wanted)
  return { selection: await selectionOf(deps, projectId, wanted.selection), target }
}

function targetOf(
  { endpoints, guard }: WantedDeps,
  projectId: ProjectId,
  { selection, endpointIds, url, resign, signAs }: WantedReplay,
): ReplayTarget {
  if (signAs !== undefined && (url === undefined || !resign)) throw signerUnused(url)
  if (url !== undefined) {
    checkTargetUrl(url, 'url', guard)
    if (endpointIds) throw bothTargets()
    return { url, signAs: signAsOf(endpoints, projectId, { resign, signAs }) }
  }
  if (endpointIds) return { endpointIds: uniqueIds(endpointIds.map((id) => endpoints.resolve(projectId, id).id)) }
  if (!('outage' in selection)) return { takers: true }
  return { endpointIds: [endpoints.resolve(projectId, selection.outage.endpointId).id] }
}

function signAsOf(
  endpoints: WantedDeps['endpoints'],
  projectId: ProjectId,
  { resign, signAs = 'source' }: Pick<WantedReplay, 'resign' | 'signAs'>,
): SignAs {
  if (!resign) return 'nobody'
  return typeof signAs === 'string' ? signAs : { endpointId: endpoints.resolve(projectId, signAs.endpointId).id }
}

async function selectionOf(deps: WantedDeps, projectId: ProjectId, wanted: WantedSelection): Promise<ReplaySelection> {
  if ('eventIds' in wanted) return { eventIds: await replayable(deps, projectId, [...new Set(wanted.eventIds)]) }
  if (!('outage' in wanted)) {
    deps.events.readFilter(projectId, wanted.filter)
    return wanted
  }
  const outage = { ...wanted.outage, until: wanted.outage.until ?? deps.clock.now() }
  checkOrder(outage)
  return { outage: { ...outage, endpointId: deps.endpoints.resolve(projectId, outage.endpointId).id } }
}

/** The events of these ids, looked up together: there may be a thousand. */
async function replayable(
  { candidates, events, clock }: WantedDeps,
  projectId: ProjectId,
  ids: readonly string[],
): Promise<EventId[]> {
  const eventIds = ids.filter((id) => EventId.safeParse(id).success) as EventId[]
  const query = { projectId, selection: { eventIds }, after: null, until: clock.now(), limit: eventIds.length }
  const { items } = eventIds.length === 0 ? { items: [] } : await candidates(query)
  const found = new Map<string, ReplayCandidate['event']>(items.map(({ event }) => [event.id, event]))
  const named: EventId[] = []
  for (const id of ids) {
    const known = found.get(id)
    // Whoever is not there, or in another project, is told of as everywhere.
    const event = known?.projectId === projectId ? known : (await events.get(projectId, id)).event
    if (event.capture !== 'complete') throw notReplayable(event)
    named.push(event.id)
  }
  return named
}

function notReplayable({ id, capture }: Pick<EventRecord, 'id' | 'capture'>): AppError {
  return new AppError('event_not_replayable', `${id} is ${capture}: there is no whole message to send.`, {
    field: 'eventIds',
    hint: 'Leave it out.',
  })
}

function checkEdit({ edit, selection }: WantedReplay): void {
  if (!edit) return
  if (edit.headers) checkHeaders(edit.headers, { field: 'edit.headers', refused: new Set() })
  if ('eventIds' in selection && new Set(selection.eventIds).size === 1) return
  throw new AppError('invalid_request', 'One event is edited at a time.', {
    field: 'edit',
    hint: 'Name it alone in `eventIds`.',
  })
}

function checkOrder({ since, until }: { since: number; until: number }): void {
  if (since < until) return
  throw new AppError('invalid_request', 'The time ends before it begins.', {
    field: 'outage.until',
    hint: 'Give an `until` that is later than `since`.',
  })
}

function signerUnused(url: string | undefined): AppError {
  return new AppError(
    'invalid_request',
    url === undefined
      ? 'What goes to endpoints is signed as each of them does.'
      : 'What keeps its original signature is signed by nobody.',
    { field: 'signAs', hint: url === undefined ? 'Leave it out, or give a url.' : 'Leave it out, or ask for resign.' },
  )
}

function uniqueIds(ids: readonly EndpointId[]): EndpointId[] {
  return [...new Set(ids)]
}

function bothTargets(): AppError {
  return new AppError('invalid_request', 'A replay goes to endpoints or to a URL, not to both.', {
    field: 'url',
    hint: 'Leave out url or endpointIds.',
  })
}

export function nothingMatches(): AppError {
  return new AppError('invalid_request', 'No endpoint takes these events, so there is nowhere to send them.', {
    field: 'endpointIds',
    hint: 'Name endpoints, give a url, or select the event type at an endpoint.',
  })
}
