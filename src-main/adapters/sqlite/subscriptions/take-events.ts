import type { Database } from 'better-sqlite3'
import type { SubscriptionId } from '#shared/model/ids.ts'
import type { RepeatCause } from '#shared/model/link/subscription.ts'
import type { Taken, TakenEvent, TakeOrder } from '#main/engine/ports.ts'
import { prepareBodies } from '../events/bodies.ts'
import { EVENT_COLUMNS, toEvent, type EventRow } from '../events/event-row.ts'
import {
  FINDINGS_COLUMNS,
  MESSAGE_JOIN,
  splitFindings,
  VERDICT_JOIN,
  type FindingsRow,
} from '../events/findings-row.ts'

const PLACE = `SELECT key, source_key AS sourceKey, position FROM subscriptions WHERE id = ?`

/** What was let go goes first: it came before all that was not looked at yet. */
const LET_GO = `
  SELECT ${EVENT_COLUMNS}, ${FINDINGS_COLUMNS}, e.key, e.body_key AS bodyKey, l.sends, l.cause
  FROM subscription_loans l CROSS JOIN events e ON e.key = l.event_key ${VERDICT_JOIN} ${MESSAGE_JOIN}
  WHERE l.subscription_key = @key AND l.holder IS NULL
  ORDER BY l.event_key LIMIT @limit`

const NEXT = `
  SELECT ${EVENT_COLUMNS}, ${FINDINGS_COLUMNS}, e.key, e.body_key AS bodyKey
  FROM events e INDEXED BY events_in_source ${VERDICT_JOIN} ${MESSAGE_JOIN}
  WHERE e.source_key = @sourceKey AND e.key > @position
  ORDER BY e.key LIMIT @limit`

const LEND_AGAIN = `
  UPDATE subscription_loans SET holder = @holder, sends = sends + 1, taken_at = @now
  WHERE subscription_key = @key AND event_key = @eventKey`
const LEND = `
  INSERT INTO subscription_loans (subscription_key, event_key, holder, sends, cause, taken_at)
  VALUES (@key, @eventKey, @holder, 1, NULL, @now)`
const COUNT_REPEAT = `
  INSERT INTO subscription_repeats (subscription_key, cause, count) VALUES (@key, @cause, 1)
  ON CONFLICT DO UPDATE SET count = count + 1`
const MOVE_ON = `UPDATE subscriptions SET position = @position WHERE key = @key`

/** Events that are read at a time: most are taken, and what is not costs as much. */
const PAGE = 16

interface Place {
  key: number
  sourceKey: number
  position: number
}
type Found = EventRow & FindingsRow & { key: number; bodyKey: number }
type FoundAgain = Found & { sends: number; cause: RepeatCause | null }
interface Loan {
  key: number
  eventKey: number
  holder: string
  now: number
}

/** Lends the next events of a subscription to a holder. Run it inside a write. */
export function prepareTakeEvents(db: Database): (order: TakeOrder) => Taken {
  const placeOf = db.prepare<[SubscriptionId], Place>(PLACE)
  const letGo = db.prepare<{ key: number; limit: number }, FoundAgain>(LET_GO)
  const next = db.prepare<{ sourceKey: number; position: number; limit: number }, Found>(NEXT)
  const lendAgain = db.prepare<Loan>(LEND_AGAIN)
  const lend = db.prepare<Loan>(LEND)
  const countRepeat = db.prepare<{ key: number; cause: string }>(COUNT_REPEAT)
  const moveOn = db.prepare<{ key: number; position: number }>(MOVE_ON)
  const bodies = prepareBodies(db)

  function takeAgain({ key }: Place, { holder, now, limit }: TakeOrder): TakenEvent[] {
    return letGo.all({ key, limit }).map(({ key: eventKey, bodyKey: _bodyKey, sends, cause, ...row }) => {
      lendAgain.run({ key, eventKey, holder, now })
      if (cause !== null) countRepeat.run({ key, cause })
      return { ...contentOf(row), sends: sends + 1, cause }
    })
  }

  function takeNext({ key, sourceKey, position }: Place, { holder, now, scan, takes }: TakeOrder, limit: number) {
    const items: TakenEvent[] = []
    let last = position
    let looked = 0
    let isEnd = false
    while (!isEnd && items.length < limit && looked < scan) {
      const asked = Math.min(Math.max(limit - items.length, PAGE), scan - looked)
      const rows = next.all({ sourceKey, position: last, limit: asked })
      isEnd = rows.length < asked
      for (const { key: eventKey, bodyKey, ...row } of rows) {
        if (items.length === limit) break
        looked += 1
        last = eventKey
        const content = contentOf(row)
        if (!isHandedOn(content.event) || !takes({ ...content, body: () => bodies.read(bodyKey) })) continue
        lend.run({ key, eventKey, holder, now })
        items.push({ ...content, sends: 1, cause: null })
      }
    }
    if (last !== position) moveOn.run({ key, position: last })
    return { items, isMore: looked === scan || items.length === limit }
  }

  return (order) => {
    const place = placeOf.get(order.subscriptionId)
    if (!place) return { items: [], isMore: false }
    const again = takeAgain(place, order)
    const left = order.limit - again.length
    if (left <= 0) return { items: again, isMore: true }
    const { items, isMore } = takeNext(place, order, left)
    return { items: [...again, ...items], isMore }
  }
}

function isHandedOn({ capture, type }: TakenEvent['event']): boolean {
  return capture === 'complete' && type !== 'handshake'
}

function contentOf(row: EventRow & FindingsRow): Pick<TakenEvent, 'event' | 'findings'> {
  const { findings, rest } = splitFindings(row)
  return { event: toEvent(rest), findings }
}
