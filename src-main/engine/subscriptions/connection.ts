import type { EndReason } from '#shared/model/link/frames.ts'
import type { RepeatCause, Subscription } from '#shared/model/link/subscription.ts'
import type { Source } from '#shared/model/source.ts'
import type { Candidate, Clock, EventStore, SubscriptionStore, TakenEvent } from '../ports.ts'
import type { Stream, Subscriber, Told } from './subscriptions-api.ts'
import type { LinkTimings } from './timings.ts'

/** At most so many are taken and told in one step, some 0.4 ms each, so that nothing else waits for long. */
const BATCH = 16
/** At most so many are looked at for them. */
const SCAN = 500
/** Beyond this no more events are counted: more is said to be more. */
export const MOST_COUNTED = 10_000
/** A longer body does not come along. */
const INLINE_BODY_BYTES = 256 * 1024

export interface ConnectionOrder {
  id: string
  subscription: Subscription
  source: Source
  subscriber: string
  version: string
  address: string | null
  window: number
  takes(candidate: Candidate): boolean
}

export interface ConnectionDeps {
  store: SubscriptionStore
  events: Pick<EventStore, 'body'>
  clock: Clock
  timings: LinkTimings
  /** It acknowledged the last of what there was. */
  onCaughtUp(connection: Connection): void
  /** It shows that it is alive: time to look after what it has. */
  onBeat(connection: Connection): void
  /** It is over; what it had is let go soon. */
  onEnd(connection: Connection, cause: RepeatCause): void
}

/** One subscriber that is connected. What it is told is read from the store as it reads it. */
export interface Connection extends Stream {
  readonly id: string
  readonly subscription: Subscription
  describe(): Subscriber
  /** There may be something to take. */
  wake(): void
  /** It was heard of, and acknowledged these. */
  heard(acknowledged: readonly string[]): void
  /** These are no more lent to it. */
  lost(eventIds: readonly string[]): void
  /** Ends it from this side; its reader is told why. Resolves once what it had is let go. */
  end(reason: EndReason, message: string): Promise<void>
}

const CAUSES: Readonly<Record<EndReason, RepeatCause>> = {
  taken_over: 'taken_over',
  silent: 'silent',
  source_gone: 'connection_lost',
  deleted: 'connection_lost',
  stopping: 'relay_restarted',
}

export function connect(order: ConnectionOrder, deps: ConnectionDeps): Connection {
  const { subscription, window } = order
  const { store, clock, timings } = deps
  const subscriptionId = subscription.id
  const connectedAt = clock.now()
  let heardAt = { wall: connectedAt, monotonic: clock.monotonic() }
  let taken: TakenEvent[] = []
  const underWay = new Set<string>()
  /** Nothing more was there at the last look, and nobody woke it since. */
  let isIdle = false
  let isGreeted = false
  let isAliveDue = false
  let farewell: Told | null = null
  let isOver = false
  let wakeReader = () => {}
  let cancelBeat = clock.after(timings.heartbeatMs, beat)
  let cancelWatch = clock.after(timings.silenceMs, watch)

  function wake(): void {
    isIdle = false
    wakeReader()
  }

  function beat(): void {
    isAliveDue = true
    wakeReader()
    deps.onBeat(connection)
    cancelBeat = clock.after(timings.heartbeatMs, beat)
  }

  function watch(): void {
    const leftMs = heardAt.monotonic + timings.silenceMs - clock.monotonic()
    if (leftMs > 0) cancelWatch = clock.after(leftMs, watch)
    else void connection.end('silent', `Nothing was heard of ${order.subscriber} for ${timings.silenceMs / 1_000} s.`)
  }

  async function close(cause: RepeatCause): Promise<void> {
    if (isOver) return
    isOver = true
    cancelBeat()
    cancelWatch()
    taken = []
    deps.onEnd(connection, cause)
    await store.letGo({ subscriptionId, holder: order.id, cause })
  }

  async function takeMore(): Promise<void> {
    const limit = Math.min(window - underWay.size, BATCH)
    isIdle = true
    const { items, isMore } = await store.take({
      subscriptionId,
      holder: order.id,
      now: clock.now(),
      limit,
      scan: SCAN,
      takes: order.takes,
    })
    if (isOver) return void (await store.letGo({ subscriptionId, holder: order.id, cause: 'connection_lost' }))
    taken = [...items]
    for (const { event } of items) underWay.add(event.id)
    if (isMore) isIdle = false
  }

  async function toldEvent(item: TakenEvent): Promise<Told | null> {
    const { id, bodySizeBytes } = item.event
    if (bodySizeBytes > INLINE_BODY_BYTES) return { kind: 'event', taken: item, body: null }
    const body = await deps.events.body(id)
    if (body) return { kind: 'event', taken: item, body }
    // It was deleted between being taken and being told.
    underWay.delete(id)
    return null
  }

  const lag = async () => (await store.standing(subscriptionId, MOST_COUNTED)).lag

  async function nextTold(): Promise<Told | null> {
    if (!isGreeted) {
      isGreeted = true
      const { id, source, subscriber } = order
      return { kind: 'hello', connection: id, window, timings, subscription, source, subscriber, lag: await lag() }
    }
    if (isAliveDue) {
      isAliveDue = false
      return { kind: 'alive', at: clock.now(), lag: await lag() }
    }
    const item = taken.shift()
    if (item) return toldEvent(item)
    if (!isIdle && underWay.size < window) await takeMore()
    else await new Promise<void>((resolve) => (wakeReader = resolve))
    return null
  }

  const connection: Connection = {
    id: order.id,
    subscription,
    wake,

    describe: () => ({
      name: order.subscriber,
      version: order.version,
      address: order.address,
      connectedAt,
      lastHeardAt: heardAt.wall,
      underWay: underWay.size,
    }),

    heard(acknowledged) {
      heardAt = { wall: clock.now(), monotonic: clock.monotonic() }
      if (acknowledged.length === 0) return
      const isCaughtUp = isIdle
      connection.lost(acknowledged)
      if (isCaughtUp && underWay.size === 0) deps.onCaughtUp(connection)
    },

    lost(eventIds) {
      for (const eventId of eventIds) underWay.delete(eventId)
      wake()
    },

    async next() {
      for (;;) {
        if (farewell) {
          const last = farewell
          farewell = null
          return last
        }
        if (isOver) return null
        const told = await nextTold()
        if (told && !isOver) return told
      }
    },

    async end(reason, message) {
      if (isOver) return
      farewell = { kind: 'end', reason, message }
      const closing = close(CAUSES[reason])
      wakeReader()
      await closing
    },

    leave: () => close('connection_lost'),
  }
  return connection
}
