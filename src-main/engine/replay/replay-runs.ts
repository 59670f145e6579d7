import { type Counts, sumCounts } from '#shared/model/counts.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { EndpointId } from '#shared/model/ids.ts'
import type { LeftOut, Replay } from '#shared/model/replay.ts'
import { newDelivery } from '../delivery/new-delivery.ts'
import type { Change } from '../change.ts'
import type { Feed } from '../feed.ts'
import type { Clock, Ids, Log } from '../ports.ts'
import type { EventPlace } from '../retention/retention-store.ts'
import { shareOf, waitAfter } from '../runs/pace.ts'
import { createStepRuns, type StepRuns } from '../runs/step-runs.ts'
import { type FindDeps, findEvents } from './find-events.ts'
import { type PlanDeps, planEvent } from './plan-event.ts'
import type {
  CandidateQuery,
  Candidates,
  ReplayCandidate,
  ReplayedDelivery,
  ReplayPlace,
  ReplayStep,
  ReplayStore,
} from './replay-store.ts'

/** How many events are counted in one step, and how many deliveries are made in one, or a few more. */
const COUNTED_AT_ONCE = 200
const MADE_AT_ONCE = 100
/** So many of a replay wait for their first attempt in a lane before it hands on more: what comes live waits for no more. */
const MOST_UNTRIED = 200
const CROWDED_MS = 200

export type ReplayRunsDeps = PlanDeps &
  FindDeps & {
    store: ReplayStore
    clock: Clock
    ids: Ids
    log: Log
    changes: Feed<Change>
    onScheduled(deliveries: readonly Delivery[]): void
  }

export interface ReplayRuns extends StepRuns<Replay> {
  tell(replay: Pick<Replay, 'id' | 'projectId'>): void
}

/** Hands on what running replays send: first all is counted, then made in small batches, at their rates. */
export function createReplayRuns(deps: ReplayRunsDeps): ReplayRuns {
  const { store, clock, ids, log, changes } = deps
  /** Where the last batch of each went. */
  const lastLanes = new Map<string, ReadonlySet<EndpointId | null>>()

  function tell({ id: replayId, projectId }: Pick<Replay, 'id' | 'projectId'>): void {
    changes.publish({ type: 'replay.changed', projectId, replayId })
  }

  async function step({ id: replayId }: Replay): Promise<number | null> {
    const { replay } = (await store.get(replayId)) ?? {}
    if (replay?.state !== 'running') {
      lastLanes.delete(replayId)
      return null
    }
    const place = await store.placeOf(replayId)
    return replay.isCounted ? send(replay, place as EventPlace | null) : count(replay, place)
  }

  async function count(replay: Replay, place: ReplayPlace | null): Promise<number | null> {
    const page = await countedPage(replay, place)
    let counted = 0
    for (const candidate of page.items) counted += (await planEvent(deps, replay, candidate))?.to.length ?? 0
    const { next, collected } = page
    const advanced = await advance(replay, { place: next, collected, counted, isCounted: next === null })
    return advanced === null ? null : 0
  }

  /** What a filter finds is kept, so that it can be sent from its other end. */
  async function countedPage(
    replay: Replay,
    place: ReplayPlace | null,
  ): Promise<{
    items: readonly ReplayCandidate[]
    next: ReplayPlace | null
    collected: ReplayStep['collected']
  }> {
    const { projectId, selection, createdAt: until } = replay
    const query = { projectId, until, limit: COUNTED_AT_ONCE }
    if (!('filter' in selection)) {
      const found = await store.candidates({ ...query, selection, after: place as EventPlace | null })
      return { ...found, collected: [] }
    }
    const from = place && 'cursor' in place ? place.cursor : null
    const { items, cursor } = await findEvents(deps, { ...query, filter: selection.filter, cursor: from })
    return { items, next: cursor === null ? null : { cursor }, collected: items.map(({ event }) => event.id) }
  }

  async function send(replay: Replay, after: EventPlace | null): Promise<number | null> {
    const lanes = [...(lastLanes.get(replay.id) ?? [])]
    if (lanes.length > 0 && (await store.isCrowded({ replayId: replay.id, lanes, most: MOST_UNTRIED })))
      return CROWDED_MS
    const { ratePerSecond, projectId, createdAt: until } = replay
    const limit = shareOf(ratePerSecond, MADE_AT_ONCE)
    const found = await store.candidates({ projectId, selection: orderOf(replay), until, after, limit })
    const { isLast, ...batch } = await planBatch(replay, after, found)
    if (batch.place !== null && (await advance(replay, { ...batch, isCounted: true })) === null) return null
    if (!isLast) return waitAfter(ratePerSecond, batch.deliveries.length)
    const ended = await store.move({ replayId: replay.id, from: ['running'], to: 'finished', now: clock.now() })
    if (ended) tell(replay)
    lastLanes.delete(replay.id)
    return null
  }

  /** What the next events make, up to what fits into one step. */
  async function planBatch(replay: Replay, after: EventPlace | null, { items, next }: Candidates) {
    const deliveries: ReplayedDelivery[] = []
    let leftOut: Counts<LeftOut> = {}
    let seen = 0
    const now = clock.now()
    for (const candidate of items) {
      if (deliveries.length >= MADE_AT_ONCE) break
      const plan = await planEvent(deps, replay, candidate)
      seen += 1
      if (plan?.leftOut) leftOut = sumCounts(leftOut, { [plan.leftOut]: 1 })
      for (const to of plan?.to ?? []) {
        const delivery = newDelivery({ event: candidate.event, to, replay }, { ids, now })
        deliveries.push({ delivery, insteadOf: plan?.insteadOf ?? null })
      }
    }
    const isWhole = seen === items.length
    const place = isWhole ? (next ?? endOf(replay) ?? items.at(-1)?.place ?? after) : (items[seen - 1]?.place ?? after)
    const gone = goneBetween(replay, { after, place, seen })
    if (gone > 0) leftOut = sumCounts(leftOut, { event_gone: gone })
    return { deliveries, leftOut, place, isLast: isWhole && next === null }
  }

  async function advance(replay: Replay, step: Pick<ReplayStep, 'place' | 'isCounted'> & Partial<ReplayStep>) {
    const nothing = { collected: [], counted: 0, deliveries: [], leftOut: {} }
    const advanced = await store.advance({ ...nothing, ...step, replayId: replay.id, now: clock.now() })
    if (!advanced) return null
    const { projectId } = replay
    const changed = [...advanced.canceled, ...advanced.deliveries]
    for (const delivery of changed) changes.publish({ type: 'delivery.changed', projectId, delivery })
    if (advanced.deliveries.length > 0) {
      lastLanes.set(replay.id, new Set(advanced.deliveries.map(({ endpointId }) => endpointId)))
    }
    deps.onScheduled(advanced.deliveries)
    tell(replay)
    return advanced
  }

  return { tell, ...createStepRuns({ clock, log, name: 'replay', step }) }
}

/** From where the events of a replay are sent in their order. */
function orderOf({ id, selection }: Replay): CandidateQuery['selection'] {
  return 'filter' in selection ? { collectedBy: id } : selection
}

/** Behind the last of those that were named; null where none were. */
function endOf({ selection }: Replay): EventPlace | null {
  return 'eventIds' in selection ? { receivedAt: 0, key: selection.eventIds.length } : null
}

/** How many of the events that were named, between two places, are not there any more. */
function goneBetween(
  { selection }: Replay,
  { after, place, seen }: { after: EventPlace | null; place: EventPlace | null; seen: number },
): number {
  if (!('eventIds' in selection) || place === null) return 0
  return place.key - (after?.key ?? 0) - seen
}
