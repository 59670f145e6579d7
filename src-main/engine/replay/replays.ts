import { AppError } from '#shared/model/app-error.ts'
import { type Counts, sumCounts } from '#shared/model/counts.ts'
import { ReplayId, type ProjectId } from '#shared/model/ids.ts'
import type { LeftOut, Replay, ReplayState } from '#shared/model/replay.ts'
import { newDelivery } from '../delivery/new-delivery.ts'
import type { ReplayWithProgress } from '../ports.ts'
import { NO_FINDINGS } from '#shared/model/findings.ts'
import { findOutages } from './find-outages.ts'
import { dryRun } from './dry-run.ts'
import { type Edit, type EditDeps, editedEvent } from './edit/edited-event.ts'
import { planEvent } from './plan-event.ts'
import { createReplayRuns, type ReplayRunsDeps } from './replay-runs.ts'
import type { ReplaySigners } from './replay-signers.ts'
import type { ReplaysApi } from './replays-api.ts'
import { nothingMatches, readWanted, type WantedDeps } from './wanted-replay.ts'

/** So many deliveries are made at once, together with their replay, where no rate is set. */
const MOST_AT_ONCE = 200
const CANCELED_AT_ONCE = 200
/** So many troubles are looked at to find outages; an older one is found by its time. */
const MOST_TROUBLES = 2_000

export type ReplaysDeps = ReplayRunsDeps &
  EditDeps & {
    /** As what is asked for is named. */
    named: WantedDeps
    signers: Pick<ReplaySigners, 'signer'>
  }

/** A delivery that a replay is to make. */
type Send = Pick<Parameters<typeof newDelivery>[0], 'event' | 'to'>

/** `start` goes on with what an earlier run left; `stop` leaves the rest to the next. */
export function createReplays(deps: ReplaysDeps): ReplaysApi & { start(): Promise<void>; stop(): Promise<void> } {
  const { store, clock, ids, changes, named } = deps
  const runs = createReplayRuns(deps)

  async function get(projectId: ProjectId, id: string): Promise<ReplayWithProgress> {
    const parsed = ReplayId.safeParse(id)
    const found = parsed.success ? await store.get(parsed.data) : null
    if (found?.replay.projectId === projectId) return found
    throw new AppError('not_found', `There is no replay “${id}” in this project.`)
  }

  async function move(projectId: ProjectId, id: string, from: ReplayState, to: ReplayState) {
    const found = await get(projectId, id)
    if (found.replay.state === to) return found
    const moved = await store.move({ replayId: found.replay.id, from: [from], to, now: clock.now() })
    if (!moved) throw over(await get(projectId, id))
    runs.tell(moved.replay)
    if (to === 'running') runs.begin(moved.replay)
    return moved
  }

  /** Of events that are named: all is planned before anything is kept, and a few deliveries are made at once. */
  async function createNamed(replay: Replay): Promise<void> {
    const { sends, leftOut } = await planNamed(replay)
    if (sends.length === 0) throw nothingMatches()
    const total = sends.length
    if (replay.ratePerSecond !== null || total > MOST_AT_ONCE) {
      await store.create({ ...replay, isCounted: true, total }, [], null)
      return runs.begin(replay)
    }
    const now = clock.now()
    const deliveries = sends.map(({ event, to }) => newDelivery({ event, to, replay }, { ids, now }))
    const stored = await store.create({ ...atOnce(replay, total), leftOut }, deliveries, null)
    for (const delivery of stored) {
      changes.publish({ type: 'delivery.changed', projectId: replay.projectId, delivery })
    }
    deps.onScheduled(stored)
  }

  /** What was edited becomes an event of its own, kept together with its replay. */
  async function createEdited(replay: Replay, edit: Edit): Promise<void> {
    const { projectId, selection, resign } = replay
    const [originalId] = 'eventIds' in selection ? selection.eventIds : []
    const original = originalId ? await deps.events.get(originalId) : null
    const originalBody = originalId ? await deps.events.body(originalId) : null
    if (!original || !originalBody) throw new AppError('not_found', 'The event was deleted meanwhile.')
    const { event, body } = editedEvent(deps, { original: original.event, originalBody, edit, resign })
    const candidate = { event, place: { receivedAt: 0, key: 0 }, deliveries: [] }
    // Whoever takes only what came by a source takes what was edited of that, too.
    const asItCame = { ...event, sourceId: original.event.sourceId }
    const events = { get: async () => ({ ...original, event: asItCame }), body: async () => body }
    const plan = await planEvent({ ...deps, events }, replay, candidate)
    if (!plan || plan.to.length === 0) throw nothingMatches()
    const deliveries = plan.to.map((to) => newDelivery({ event, to, replay }, { ids, now: clock.now() }))
    const edited = { event, body, deliveries: [], idempotency: null }
    const stored = await store.create(
      { ...atOnce(replay, deliveries.length), editedEventId: event.id },
      deliveries,
      edited,
    )
    changes.publish({ type: 'event.captured', projectId, event, findings: NO_FINDINGS, deliveries: stored })
    deps.onScheduled(stored)
  }

  /** One of which everything is made with it. */
  function atOnce(replay: Replay, total: number): Replay {
    return { ...replay, isCounted: true, total, made: total, state: 'finished', finishedAt: clock.now() }
  }

  async function planNamed(replay: Replay): Promise<{ sends: Send[]; leftOut: Counts<LeftOut> }> {
    const { projectId, selection, createdAt } = replay
    if (!('eventIds' in selection)) return { sends: [], leftOut: {} }
    const limit = selection.eventIds.length
    const { items } = await store.candidates({ projectId, selection, after: null, until: createdAt, limit })
    let leftOut: Counts<LeftOut> = {}
    const sends: Send[] = []
    for (const candidate of items) {
      const plan = await planEvent(deps, replay, candidate)
      if (plan?.leftOut) leftOut = sumCounts(leftOut, { [plan.leftOut]: 1 })
      for (const to of plan?.to ?? []) sends.push({ event: candidate.event, to })
    }
    return { sends, leftOut }
  }

  /** All of something, so many at a time that others have their turn. */
  async function inParts(part: (limit: number) => Promise<number>): Promise<number> {
    let count = 0
    for (let last = CANCELED_AT_ONCE; last === CANCELED_AT_ONCE; count += last) last = await part(CANCELED_AT_ONCE)
    return count
  }

  return {
    get,
    list: (query) => store.list(query),
    async outages(projectId, endpointId) {
      const endpoint = named.endpoints.resolve(projectId, endpointId)
      return findOutages(await store.troubles({ endpointId: endpoint.id, limit: MOST_TROUBLES }), endpoint)
    },
    pause: (projectId, id) => move(projectId, id, 'running', 'paused'),
    resume: (projectId, id) => move(projectId, id, 'paused', 'running'),

    async cancel(projectId, id) {
      const { replay } = await get(projectId, id)
      const step = { replayId: replay.id, to: 'canceled', now: clock.now() } as const
      await store.move({ ...step, from: ['running', 'paused'] })
      await inParts((limit) => store.forgetCollected({ replayId: replay.id, limit }))
      const canceled = await inParts((limit) => store.cancelWaiting({ ...step, limit }))
      if (canceled > 0) await store.move({ ...step, from: ['finished'] })
      changes.publish({ type: 'deliveries.changed', projectId })
      runs.tell(replay)
      return { ...(await get(projectId, replay.id)), canceled }
    },

    async dryRun(projectId, wanted, signal) {
      const order = await readWanted(named, projectId, wanted)
      return dryRun(deps, { ...order, projectId, until: clock.now() }, signal)
    },

    async create(projectId, wanted, actor) {
      const order = await readWanted(named, projectId, wanted)
      const replay: Replay = {
        id: ids.next('rpl'),
        projectId,
        actor: actor.name,
        ...order,
        resign: wanted.resign,
        editedEventId: null,
        ratePerSecond: wanted.ratePerSecond,
        state: 'running',
        isCounted: false,
        total: 0,
        made: 0,
        leftOut: {},
        createdAt: clock.now(),
        finishedAt: null,
      }
      if (wanted.edit) await createEdited(replay, wanted.edit)
      else if ('eventIds' in order.selection) await createNamed(replay)
      else {
        await store.create(replay, [], null)
        runs.begin(replay)
      }
      runs.tell(replay)
      return get(projectId, replay.id)
    },

    async start() {
      runs.start()
      for (const replay of await store.running()) runs.begin(replay)
    },
    stop: () => runs.stop(),
  }
}

function over({ replay, progress }: ReplayWithProgress): AppError {
  if (replay.state === 'finished' && progress.waiting > 0) {
    return new AppError('replay_over', 'Everything of this replay is handed on already.', {
      hint: 'Cancel it: that cancels what waits.',
    })
  }
  return new AppError('replay_over', `This replay is ${replay.state}.`, { hint: 'Begin a new one.' })
}
