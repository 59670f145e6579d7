import type { ReplayId } from '#shared/model/ids.ts'
import type { Replay, ReplayProgress } from '#shared/model/replay.ts'
import type { ReplayStore, ReplayWithProgress } from '#main/engine/ports.ts'
import type { Connection } from './connection.ts'
import { placeOf, toPage, type Place } from './cursor.ts'
import { prepareAddDeliveries } from './deliveries/add-deliveries.ts'

type ReplayRow = Omit<Replay, 'resign'> & { resign: number } & Place

const CREATE = `
  INSERT INTO replays (id, project_key, actor, resign, created_at)
  VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), @actor, @resign, @createdAt)`

const SELECT = `
  SELECT r.id, p.id AS projectId, r.actor, r.resign, r.created_at AS createdAt, r.created_at AS at, r.key
  FROM replays r JOIN projects p ON p.key = r.project_key`

const GET = `${SELECT} WHERE r.id = ?`

const LIST = `
  ${SELECT}
  WHERE r.project_key = (SELECT key FROM projects WHERE id = @projectId) AND (r.created_at, r.key) < (@at, @key)
  ORDER BY r.created_at DESC, r.key DESC
  LIMIT @limit`

const PROGRESS = `
  SELECT count(*) AS total, count(*) FILTER (WHERE state = 'failed') AS failed,
    count(*) FILTER (WHERE state IN ('succeeded', 'failed', 'canceled', 'simulated')) AS done
  FROM deliveries WHERE replay_key = ?`

const CANCEL = `
  UPDATE deliveries SET state = 'canceled', due_at = NULL, updated_at = @now
  WHERE replay_key = (SELECT key FROM replays WHERE id = @replayId) AND state IN ('scheduled', 'held')`

export function createReplayStore({ db, read, write }: Connection): ReplayStore {
  const create = db.prepare<Omit<Replay, 'resign'> & { resign: number }>(CREATE)
  const get = db.prepare<[ReplayId], ReplayRow>(GET)
  const list = db.prepare<{ projectId: string; at: number; key: number; limit: number }, ReplayRow>(LIST)
  const progress = db.prepare<[number], Omit<ReplayProgress, 'state'>>(PROGRESS)
  const cancel = db.prepare<{ replayId: string; now: number }>(CANCEL)
  const addDeliveries = prepareAddDeliveries(db)

  function withProgress({ id, projectId, actor, resign, createdAt, key }: ReplayRow): ReplayWithProgress {
    const counts = progress.get(key)!
    return {
      replay: { id, projectId, actor, resign: resign === 1, createdAt },
      progress: { ...counts, state: counts.done === counts.total ? 'finished' : 'running' },
    }
  }

  return {
    create: (replay, deliveries) =>
      write(() => {
        create.run({ ...replay, resign: Number(replay.resign) })
        return addDeliveries(deliveries)
      }),

    cancel: (step) => write(() => cancel.run(step).changes),

    get: (replayId) =>
      read(() => {
        const row = get.get(replayId)
        return row ? withProgress(row) : null
      }),

    list: (query) =>
      read(() => {
        const rows = list.all({ projectId: query.projectId, ...placeOf(query.cursor), limit: query.limit + 1 })
        return toPage(rows, query, withProgress)
      }),
  }
}
