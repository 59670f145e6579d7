import type { Database } from 'better-sqlite3'
import { sumCounts } from '#shared/model/counts.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import { type Replay, ReplayTarget } from '#shared/model/replay.ts'
import type { Advanced, ReplayPlace, ReplayStep, ReplayStore, ReplayWithProgress } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'
import { placeOf, toPage, type Place } from '../cursor.ts'
import { prepareAddDeliveries } from '../deliveries/add-deliveries.ts'
import { prepareChangeDelivery } from '../deliveries/change-delivery.ts'
import { prepareAppendEvent } from '../events/append-event.ts'
import { prepareCandidates } from './candidates.ts'
import { prepareCrowds } from './crowds.ts'
import { prepareTroubles } from './troubles.ts'
import { progressOf, REPLAY_COLUMNS, type ReplayRow, type StandingCounts, toReplay } from './replay-row.ts'

const CREATE = `
  INSERT INTO replays (id, project_key, actor, selection, target, resign, edited_event_id, rate_per_second, state,
    is_counted, total, made, left_out, created_at, finished_at)
  VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), @actor, @selection, @target, @resign, @editedEventId,
    @ratePerSecond, @state, @isCounted, @total, @made, @leftOut, @createdAt, @finishedAt)`

const SAVE = `
  UPDATE replays SET state = @state, is_counted = @isCounted, total = @total, made = @made, left_out = @leftOut,
    finished_at = @finishedAt
  WHERE id = @id`

const GET = `SELECT ${REPLAY_COLUMNS} FROM replays r WHERE r.id = ?`

const LIST = `
  SELECT ${REPLAY_COLUMNS}, r.created_at AS at
  FROM replays r
  WHERE r.project_key = (SELECT key FROM projects WHERE id = @projectId) AND (r.created_at, r.key) < (@at, @key)
  ORDER BY r.created_at DESC, r.key DESC
  LIMIT @limit`

const RUNNING = `SELECT ${REPLAY_COLUMNS} FROM replays r WHERE r.state = 'running' ORDER BY r.key`

const PLACE = `SELECT place FROM replays WHERE id = ?`
const TARGET = `SELECT target FROM replays WHERE id = ?`
const SET_PLACE = `UPDATE replays SET place = @place WHERE id = @id`

/** By state, so that those that arrived, however many, are not looked at. */
const COUNTS = `
  SELECT count(*) FILTER (WHERE state IN ('scheduled', 'held', 'delivering')) AS waiting,
    count(*) FILTER (WHERE state = 'held') AS held,
    count(*) FILTER (WHERE state = 'failed') AS failed,
    count(*) FILTER (WHERE state = 'canceled') AS canceled,
    count(*) FILTER (WHERE state = 'simulated') AS simulated
  FROM deliveries
  WHERE replay_key = ? AND state IN ('scheduled', 'held', 'delivering', 'failed', 'canceled', 'simulated')`

const CANCEL = `
  UPDATE deliveries SET state = 'canceled', due_at = NULL, updated_at = @now
  WHERE key IN (
    SELECT key FROM deliveries
    WHERE replay_key = (SELECT key FROM replays WHERE id = @replayId) AND state IN ('scheduled', 'held')
    LIMIT @limit)`

const COLLECT = `
  INSERT INTO replay_items (replay_key, number, project_key, event_id)
  SELECT key, @number, project_key, @eventId FROM replays WHERE id = @replayId`

const LAST_ITEM = `
  SELECT coalesce(max(number), 0) FROM replay_items WHERE replay_key = (SELECT key FROM replays WHERE id = ?)`

/** From the end, as they are sent. */
const FORGET_SENT = `
  DELETE FROM replay_items WHERE replay_key = (SELECT key FROM replays WHERE id = @replayId) AND number >= @number`

const FORGET_SOME = `
  DELETE FROM replay_items WHERE (replay_key, number) IN (
    SELECT replay_key, number FROM replay_items
    WHERE replay_key = (SELECT key FROM replays WHERE id = @replayId) LIMIT @limit)`

export function createReplayStore({ db, read, write }: Connection): ReplayStore {
  const rows = prepareRows(db)
  const list = db.prepare<{ projectId: string; at: number; key: number; limit: number }, ReplayRow & Place>(LIST)
  const running = db.prepare<[], ReplayRow>(RUNNING)
  const cancel = db.prepare<{ replayId: string; now: number; limit: number }>(CANCEL)
  const forgetSome = db.prepare<{ replayId: string; limit: number }>(FORGET_SOME)
  const target = db.prepare<[string], string>(TARGET).pluck()
  const addDeliveries = prepareAddDeliveries(db)
  const appendEvent = prepareAppendEvent(db)
  const candidates = prepareCandidates(db)
  const isCrowded = prepareCrowds(db)
  const troubles = prepareTroubles(db)
  const advance = prepareAdvance(db)

  return {
    create: (replay, first, edited) =>
      write(() => {
        rows.create(replay)
        if (edited) appendEvent(edited)
        const stored = addDeliveries(first)
        const left = first.length - stored.length
        if (left > 0) rows.save({ ...replay, made: replay.made - left, total: replay.total - left })
        return stored
      }),

    candidates: (query) => read(() => candidates(query)),
    target: (replayId) =>
      read(() => {
        const found = target.get(replayId)
        return found === undefined ? null : ReplayTarget.parse(JSON.parse(found))
      }),
    troubles: (query) => read(() => troubles(query)),
    placeOf: (replayId) => read(() => rows.place(replayId)),
    isCrowded: (query) => read(() => isCrowded(query)),
    advance: (step) => write(() => advance(step)),
    forgetCollected: (step) => write(() => forgetSome.run(step).changes),
    cancelWaiting: (step) => write(() => cancel.run(step).changes),

    move: ({ replayId, from, to, now }) =>
      write(() => {
        const found = rows.get(replayId)
        if (!found || !from.includes(found.replay.state)) return null
        const { replay } = found
        const isOver = to === 'finished' || to === 'canceled'
        const total = to === 'finished' ? replay.made : replay.total
        rows.save({ ...replay, state: to, total, finishedAt: isOver ? (replay.finishedAt ?? now) : null })
        return rows.get(replayId)
      }),

    get: (replayId) => read(() => rows.get(replayId)),
    running: () => read(() => running.all().map(toReplay)),

    list: (query) =>
      read(() => {
        const found = list.all({ projectId: query.projectId, ...placeOf(query.cursor), limit: query.limit + 1 })
        return toPage(found, query, ({ at: _at, ...row }) => rows.withProgress(row))
      }),
  }
}

function prepareRows(db: Database) {
  const create = db.prepare(CREATE)
  const save = db.prepare(SAVE)
  const get = db.prepare<[string], ReplayRow>(GET)
  const place = db.prepare<[string], string | null>(PLACE).pluck()
  const setPlace = db.prepare<{ id: string; place: string | null }>(SET_PLACE)
  const counts = db.prepare<[number], StandingCounts>(COUNTS)

  function withProgress(row: ReplayRow): ReplayWithProgress {
    return { replay: toReplay(row), progress: progressOf(row, counts.get(row.key)!) }
  }

  return {
    withProgress,
    create: (replay: Replay) => void create.run(toRow(replay)),
    save: (replay: Replay) => void save.run(toRow(replay)),
    get(id: string): ReplayWithProgress | null {
      const row = get.get(id)
      return row ? withProgress(row) : null
    },
    replay(id: string): Replay | null {
      const row = get.get(id)
      return row ? toReplay(row) : null
    },
    place(id: string): ReplayPlace | null {
      const text = place.get(id) ?? null
      return text === null ? null : (JSON.parse(text) as ReplayPlace)
    },
    setPlace: (id: string, to: ReplayPlace | null) =>
      void setPlace.run({ id, place: to === null ? null : JSON.stringify(to) }),
  }
}

function toRow({ selection, target, leftOut, ...replay }: Replay) {
  return {
    ...replay,
    selection: JSON.stringify(selection),
    target: JSON.stringify(target),
    leftOut: JSON.stringify(leftOut),
    resign: Number(replay.resign),
    isCounted: Number(replay.isCounted),
  }
}

/** One step of a running replay. Run it inside a write. */
function prepareAdvance(db: Database): (step: ReplayStep) => Advanced | null {
  const rows = prepareRows(db)
  const addDeliveries = prepareAddDeliveries(db)
  const change = prepareChangeDelivery(db)
  const items = prepareItems(db)

  return ({ replayId, place, collected, counted, isCounted, deliveries, leftOut, now }) => {
    const before = rows.replay(replayId)
    if (before?.state !== 'running') return null
    const canceled = deliveries.flatMap(({ insteadOf }): Delivery[] => {
      const delivery = insteadOf === null ? null : change.cancel({ deliveryId: insteadOf, now })
      return delivery ? [delivery] : []
    })
    const stored = addDeliveries(deliveries.map(({ delivery }) => delivery))
    const replay: Replay = {
      ...before,
      isCounted,
      total: before.total + counted,
      made: before.made + stored.length,
      leftOut: sumCounts(before.leftOut, leftOut),
    }
    rows.save(replay)
    rows.setPlace(replayId, place)
    items.collect(replayId, collected)
    if (before.isCounted && 'filter' in before.selection && place && 'key' in place) items.forget(replayId, place.key)
    return { replay, deliveries: stored, canceled }
  }
}

/** What a replay's filter found. Run it inside a write. */
function prepareItems(db: Database) {
  const collect = db.prepare<{ replayId: string; number: number; eventId: string }>(COLLECT)
  const lastItem = db.prepare<[string], number>(LAST_ITEM).pluck()
  const forget = db.prepare<{ replayId: string; number: number }>(FORGET_SENT)
  return {
    collect(replayId: string, eventIds: readonly string[]): void {
      if (eventIds.length === 0) return
      const last = lastItem.get(replayId) ?? 0
      eventIds.forEach((eventId, index) => collect.run({ replayId, eventId, number: last + index + 1 }))
    },
    forget: (replayId: string, number: number) => void forget.run({ replayId, number }),
  }
}
