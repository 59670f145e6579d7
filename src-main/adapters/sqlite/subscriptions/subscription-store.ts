import type { EventId } from '#shared/model/ids.ts'
import type { RepeatCause, Subscription, SubscriptionStart } from '#shared/model/link/subscription.ts'
import type { KnownOutcome, SubscriptionStanding, SubscriptionStore } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'
import { prepareStanding } from './standing.ts'
import { prepareTakeEvents } from './take-events.ts'

type Row = Omit<Subscription, 'isGroup'> & { isGroup: number }

const COLUMNS = `
  s.id, p.id AS projectId, o.id AS sourceId, s.name, s.is_group AS isGroup, s.filter, s.key_id AS keyId,
  s.created_by AS createdBy, s.created_at AS createdAt, s.last_seen_at AS lastSeenAt, s.last_version AS lastVersion`
const FROM = `
  FROM subscriptions s JOIN projects p ON p.key = s.project_key JOIN sources o ON o.key = s.source_key`

const LIST = `SELECT ${COLUMNS} ${FROM} ORDER BY s.key`
const OF_NAME = `SELECT ${COLUMNS} ${FROM} WHERE o.id = @sourceId AND s.name = @name AND s.is_group = @isGroup`
const CREATE = `
  INSERT INTO subscriptions (id, project_key, source_key, name, is_group, filter, key_id, created_by, created_at,
    last_seen_at, last_version, position)
  VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), (SELECT key FROM sources WHERE id = @sourceId), @name,
    @isGroup, @filter, @keyId, @createdBy, @createdAt, @lastSeenAt, @lastVersion, @position)
  ON CONFLICT (source_key, name, is_group) DO NOTHING`
const UPDATE = `
  UPDATE subscriptions SET filter = @filter, key_id = @keyId, last_seen_at = @lastSeenAt, last_version = @lastVersion
  WHERE id = @id`
const DELETE = `DELETE FROM subscriptions WHERE id = ?`

const NEWEST = `SELECT coalesce(max(key), 0) FROM events`
const BEFORE = `
  SELECT coalesce(max(key), 0) FROM events
  WHERE source_key = (SELECT key FROM sources WHERE id = @sourceId) AND received_at < @at`

const HELD = `
  SELECT 1 FROM subscription_loans
  WHERE subscription_key = (SELECT key FROM subscriptions WHERE id = @subscriptionId) AND holder = @holder
    AND event_key = (SELECT key FROM events WHERE id = @eventId)`
const ACKNOWLEDGE = `
  DELETE FROM subscription_loans
  WHERE subscription_key = (SELECT key FROM subscriptions WHERE id = @subscriptionId) AND holder = @holder
    AND event_key = (SELECT key FROM events WHERE id = @eventId)`
const LET_GO = `
  UPDATE subscription_loans SET holder = NULL, cause = @cause
  WHERE subscription_key = (SELECT key FROM subscriptions WHERE id = @subscriptionId) AND holder = @holder
    AND taken_at < @before
  RETURNING (SELECT id FROM events WHERE key = event_key)`
const LET_GO_OF_ALL = `UPDATE subscription_loans SET holder = NULL, cause = ? WHERE holder IS NOT NULL`

const NOTE_OUTCOME = `
  INSERT INTO subscription_outcomes (event_key, subscription_key, subscriber, target, state, attempts, last_status,
    last_failure, at)
  SELECT e.key, s.key, @subscriber, @target, @state, @attempts, @lastStatus, @lastFailure, @at
  FROM events e JOIN subscriptions s ON s.source_key = e.source_key
  WHERE e.id = @eventId AND s.id = @subscriptionId
  ON CONFLICT DO UPDATE SET state = excluded.state, attempts = excluded.attempts, last_status = excluded.last_status,
    last_failure = excluded.last_failure, at = excluded.at`
const OUTCOMES = `
  SELECT e.id AS eventId, s.id AS subscriptionId, o.subscriber, o.target, o.state, o.attempts,
    o.last_status AS lastStatus, o.last_failure AS lastFailure, o.at
  FROM events e JOIN subscription_outcomes o ON o.event_key = e.key JOIN subscriptions s ON s.key = o.subscription_key
  WHERE e.id = ?
  ORDER BY o.at, o.subscriber, o.target`

interface Loan {
  subscriptionId: string
  holder: string
  eventId: EventId
}

interface LetGo {
  subscriptionId: string
  holder: string
  cause: RepeatCause
  before: number
}

export function createSubscriptionStore({ db, read, write }: Connection): SubscriptionStore {
  const list = db.prepare<[], Row>(LIST)
  const ofName = db.prepare<Pick<Row, 'sourceId' | 'name' | 'isGroup'>, Row>(OF_NAME)
  const create = db.prepare<Row & { position: number }>(CREATE)
  const update = db.prepare<Row>(UPDATE)
  const remove = db.prepare<[string]>(DELETE)
  const newest = db.prepare<[], number>(NEWEST).pluck()
  const before = db.prepare<{ sourceId: string; at: number }, number>(BEFORE).pluck()
  const held = db.prepare<Loan>(HELD)
  const acknowledge = db.prepare<Loan>(ACKNOWLEDGE)
  const letGo = db.prepare<LetGo, EventId>(LET_GO).pluck()
  const letGoOfAll = db.prepare<[RepeatCause]>(LET_GO_OF_ALL)
  const noteOutcome = db.prepare<KnownOutcome>(NOTE_OUTCOME)
  const outcomes = db.prepare<[string], KnownOutcome>(OUTCOMES)
  const take = prepareTakeEvents(db)
  const standing = prepareStanding(db)

  function positionAt({ sourceId }: Subscription, start: SubscriptionStart): number {
    if (start.kind === 'beginning') return 0
    return start.kind === 'now' ? newest.get()! : before.get({ sourceId, at: start.at })!
  }

  return {
    list: () => read(() => list.all().map(toSubscription)),
    create: (subscription, start) =>
      write(() => {
        const row = toRow(subscription)
        create.run({ ...row, position: positionAt(subscription, start) })
        return toSubscription(ofName.get(row)!)
      }),
    update: (subscription) => write(() => void update.run(toRow(subscription))),
    delete: (id) => write(() => void remove.run(id)),

    // Only what was sent must be known to have been: what is lent without a flush is at worst lent again.
    take: (order) => write(() => take(order), { flushed: false }),
    acknowledge: ({ eventIds, ...loan }) =>
      write(() => eventIds.filter((eventId) => acknowledge.run({ ...loan, eventId }).changes === 1)),
    letGo: ({ before: takenBefore = Number.MAX_SAFE_INTEGER, ...step }) =>
      write(() => letGo.all({ ...step, before: takenBefore })),
    letGoOfAll: (cause) => write(() => void letGoOfAll.run(cause)),
    holds: (loan) => read(() => held.get(loan) !== undefined),
    noteOutcomes: (told) =>
      write(() => {
        for (const outcome of told) noteOutcome.run(outcome)
      }),
    outcomes: (eventId) => read(() => outcomes.all(eventId)),
    standing: (subscriptionId, most): Promise<SubscriptionStanding> => read(() => standing(subscriptionId, most)),
  }
}

function toRow({ isGroup, ...subscription }: Subscription): Row {
  return { ...subscription, isGroup: isGroup ? 1 : 0 }
}

function toSubscription({ isGroup, ...row }: Row): Subscription {
  return { ...row, isGroup: isGroup === 1 }
}
