import type { FeedItem } from '#shared/contract/feed.ts'
import type { EventId } from '#shared/model/ids.ts'
import type { Change, Engine } from '../../engine/engine.ts'
import type { Clock, Log } from '../../engine/ports.ts'
import { toFeedItem } from './feed-items.ts'
import { createHistory } from './history.ts'
import { createSubscription, type Subscription } from './subscription.ts'
import { createTallyBatch } from './tally-batch.ts'

/** How many items a listener may fall behind, and how many a returning one may have missed. */
const QUEUE_LIMIT = 1_000
/** How long tallies are gathered, so that a burst of attempts costs one query. */
const TALLY_WAIT_MS = 50

export interface FollowOptions {
  lastEventId?: string | undefined
  /** How often a `beat` is told, in ms; never where it is left out. */
  beatMs?: number | undefined
}

/** The live changes of one project. */
export interface Channel {
  take(change: Change): void
  follow(options: FollowOptions): Subscription['items']
  end(): void
}

export interface ChannelDeps {
  engine: Engine
  clock: Clock
  log: Log
  /** Tells this channel's ids from those of another. */
  run: string
  onEmpty(): void
}

export function createChannel({ engine, clock, log, run, onEmpty }: ChannelDeps): Channel {
  const history = createHistory(run, QUEUE_LIMIT)
  /** Each listener with what ends its beats. */
  const subscriptions = new Map<Subscription, () => void>()
  const tallies = createTallyBatch({ clock, waitMs: TALLY_WAIT_MS, flush: publishTallies })

  function publish(item: FeedItem): void {
    const entry = history.add(item)
    for (const subscription of subscriptions.keys()) subscription.push(entry)
  }

  /** A listener of the engine must not throw: what cannot be told becomes a gap. */
  function itemOf(change: Change): FeedItem {
    try {
      return toFeedItem(engine, change)
    } catch (error) {
      log.error('The feed could not tell a change', { type: change.type, error: String(error) })
      return { type: 'gap' }
    }
  }

  async function publishTallies(eventIds: readonly EventId[]): Promise<void> {
    try {
      const found = await engine.events.tallies(eventIds)
      for (const [eventId, deliveries] of found) publish({ type: 'event.tally', eventId, deliveries })
    } catch (error) {
      log.warn('The feed could not read how deliveries stand', { error: String(error) })
      publish({ type: 'gap' })
    }
  }

  /** Tells a listener at even distances that the link stands; returns how to stop it. */
  function startBeats(subscription: Subscription, beatMs: number): () => void {
    let cancel = clock.after(beatMs, beat)
    function beat(): void {
      subscription.push({ id: history.lastId(), item: { type: 'beat' } })
      cancel = clock.after(beatMs, beat)
    }
    return () => cancel()
  }

  return {
    take(change) {
      publish(itemOf(change))
      if (change.type === 'delivery.changed') tallies.add(change.delivery.eventId)
    },

    follow({ lastEventId, beatMs }) {
      const missed = lastEventId ? history.since(lastEventId) : []
      const subscription = createSubscription(QUEUE_LIMIT + 2, () => {
        subscriptions.get(subscription)?.()
        subscriptions.delete(subscription)
        if (subscriptions.size === 0) onEmpty()
      })
      subscriptions.set(subscription, beatMs === undefined ? () => {} : startBeats(subscription, beatMs))
      const from = lastEventId && missed ? lastEventId : history.lastId()
      subscription.push({ id: from, item: { type: 'ready' } })
      if (missed === null) subscription.push({ id: from, item: { type: 'gap' } })
      for (const entry of missed ?? []) subscription.push(entry)
      return subscription.items
    },

    end() {
      tallies.stop()
      for (const [subscription, endBeats] of subscriptions) {
        endBeats()
        subscription.end()
      }
      subscriptions.clear()
    },
  }
}
