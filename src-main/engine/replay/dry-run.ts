import { type Counts, sumCounts } from '#shared/model/counts.ts'
import type { EndpointId, ProjectId, SourceId } from '#shared/model/ids.ts'
import type { LeftOut, OutageReason, ReplaySelection, ReplayTarget } from '#shared/model/replay.ts'
import type { Clock } from '../ports.ts'
import { type FindDeps, findEvents } from './find-events.ts'
import { type EventPlan, type PlanDeps, planEvent } from './plan-event.ts'
import type { CandidateQuery, ReplayCandidate, ReplayStore } from './replay-store.ts'
import type { ReplaySigners } from './replay-signers.ts'
import type { DryRun } from './replays-api.ts'

/** How many events are looked at before others have a turn. */
const AT_ONCE = 200
const MOST_TYPES = 50

export type CountDeps = PlanDeps &
  FindDeps & {
    store: Pick<ReplayStore, 'candidates'>
    clock: Pick<Clock, 'after'>
    signers: Pick<ReplaySigners, 'signer'>
  }

interface Order {
  projectId: ProjectId
  selection: ReplaySelection
  target: ReplayTarget
  /** Unix ms; what came later is not meant. */
  until: number
}

/** Goes through a selection as a replay would, and only counts. */
export async function dryRun(deps: CountDeps, order: Order, signal?: AbortSignal): Promise<DryRun> {
  const tally = new Tally()
  const isUnsigned = createUnsignedCheck(deps.signers, order)
  for await (const items of pagesOf(deps, order, signal)) {
    for (const candidate of items) {
      const plan = await planEvent(deps, order, candidate)
      tally.add(candidate, plan)
      if (plan && plan.to.length > 0 && (await isUnsigned(candidate))) tally.unsigned += plan.to.length
    }
    signal?.throwIfAborted()
  }
  return tally.result()
}

async function* pagesOf(
  deps: CountDeps,
  { projectId, selection, until }: Order,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly ReplayCandidate[]> {
  const query = { projectId, until, limit: AT_ONCE }
  const turn = () => new Promise<void>((resolve) => void deps.clock.after(0, resolve))
  if ('filter' in selection) {
    for (let cursor: string | null = null, isMore = true; isMore; isMore = cursor !== null) {
      const page = await findEvents(deps, { ...query, filter: selection.filter, cursor, signal })
      yield page.items
      cursor = page.cursor
      if (cursor !== null) await turn()
    }
    return
  }
  for (let after: CandidateQuery['after'] = null, isMore = true; isMore; isMore = after !== null) {
    const page = await deps.store.candidates({ ...query, selection, after })
    yield page.items
    after = page.next
    if (after !== null) await turn()
  }
}

/** Whether nobody would sign what is to be signed; asked once for each source. */
function createUnsignedCheck(signers: CountDeps['signers'], { target }: Order) {
  const known = new Map<SourceId | null, Promise<boolean>>()
  return async ({ event }: ReplayCandidate): Promise<boolean> => {
    if (!('url' in target) || target.signAs === 'nobody') return false
    const { signAs } = target
    const found = known.get(event.sourceId) ?? signers.signer(signAs, event).then((signer) => signer === null)
    known.set(event.sourceId, found)
    return found
  }
}

class Tally {
  unsigned = 0
  #events = 0
  #deliveries = 0
  #firstAt: number | null = null
  #lastAt: number | null = null
  #byReason: Counts<OutageReason> = {}
  #leftOut: Counts<LeftOut> = {}
  readonly #types = new Map<string, { events: number; deliveries: number }>()
  readonly #targets = new Map<EndpointId | null, number>()

  add({ event }: ReplayCandidate, plan: EventPlan | null): void {
    if (!plan) return
    this.#events += 1
    this.#deliveries += plan.to.length
    this.#firstAt = Math.min(this.#firstAt ?? event.receivedAt, event.receivedAt)
    this.#lastAt = Math.max(this.#lastAt ?? event.receivedAt, event.receivedAt)
    if (plan.reason) this.#byReason = sumCounts(this.#byReason, { [plan.reason]: 1 })
    if (plan.leftOut) this.#leftOut = sumCounts(this.#leftOut, { [plan.leftOut]: 1 })
    const type = this.#types.get(event.type) ?? { events: 0, deliveries: 0 }
    this.#types.set(event.type, { events: type.events + 1, deliveries: type.deliveries + plan.to.length })
    for (const to of plan.to) {
      const id = 'endpointId' in to ? to.endpointId : null
      this.#targets.set(id, (this.#targets.get(id) ?? 0) + 1)
    }
  }

  result(): DryRun {
    const byType = [...this.#types].map(([type, counts]) => ({ type, ...counts }))
    const byTarget = [...this.#targets].map(([endpointId, deliveries]) => ({ endpointId, deliveries }))
    return {
      events: this.#events,
      deliveries: this.#deliveries,
      byType: byType.toSorted((a, b) => b.events - a.events || b.deliveries - a.deliveries).slice(0, MOST_TYPES),
      byTarget: byTarget.toSorted((a, b) => b.deliveries - a.deliveries),
      byReason: this.#byReason,
      leftOut: this.#leftOut,
      unsigned: this.unsigned,
      firstAt: this.#firstAt,
      lastAt: this.#lastAt,
    }
  }
}
