import type { Database } from 'better-sqlite3'
import type { RepeatCause } from '#shared/model/link/subscription.ts'
import type { SubscriptionStanding } from '#main/engine/ports.ts'

const PLACE = `SELECT key, source_key AS sourceKey, position, missed FROM subscriptions WHERE id = ?`

const LENT = `
  SELECT count(*) AS events, (
    SELECT e.received_at FROM subscription_loans l JOIN events e ON e.key = l.event_key
    WHERE l.subscription_key = @key ORDER BY l.event_key LIMIT 1) AS oldestAt
  FROM subscription_loans WHERE subscription_key = @key`

/** What is not looked at yet counts whole: whether a filter takes it, nobody knows before. */
const AHEAD = `
  SELECT count(*) FROM (
    SELECT 1 FROM events INDEXED BY events_in_source WHERE source_key = @sourceKey AND key > @position LIMIT @limit)`
const NEXT_AT = `
  SELECT received_at FROM events INDEXED BY events_in_source WHERE source_key = @sourceKey AND key > @position
  ORDER BY key LIMIT 1`
const LAST_AT = `
  SELECT received_at FROM events INDEXED BY events_in_source WHERE source_key = @sourceKey ORDER BY key DESC LIMIT 1`
const REPEATS = `SELECT cause, count FROM subscription_repeats WHERE subscription_key = @key`

interface Place {
  key: number
  sourceKey: number
  position: number
  missed: number
}

const NOTHING: SubscriptionStanding = {
  lag: { events: 0, isMore: false, oldestAt: null, lastEventAt: null, missed: 0 },
  repeats: {},
}

/** How far a subscription is behind, and how often events went out again. */
export function prepareStanding(db: Database): (subscriptionId: string, most: number) => SubscriptionStanding {
  const placeOf = db.prepare<[string], Place>(PLACE)
  const lent = db.prepare<Place, { events: number; oldestAt: number | null }>(LENT)
  const ahead = db.prepare<Place & { limit: number }, number>(AHEAD).pluck()
  const nextAt = db.prepare<Place, number>(NEXT_AT).pluck()
  const lastAt = db.prepare<Place, number>(LAST_AT).pluck()
  const repeats = db.prepare<Place, { cause: RepeatCause; count: number }>(REPEATS)

  return (subscriptionId, most) => {
    const place = placeOf.get(subscriptionId)
    if (!place) return NOTHING
    const { events, oldestAt } = lent.get(place)!
    const waiting = ahead.get({ ...place, limit: most + 1 })!
    return {
      lag: {
        events: events + Math.min(waiting, most),
        isMore: waiting > most,
        oldestAt: oldestAt ?? nextAt.get(place) ?? null,
        lastEventAt: lastAt.get(place) ?? null,
        missed: place.missed,
      },
      repeats: Object.fromEntries(repeats.all(place).map(({ cause, count }) => [cause, count])),
    }
  }
}
