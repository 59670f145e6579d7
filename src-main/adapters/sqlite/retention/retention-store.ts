import type { EventId } from '#shared/model/ids.ts'
import type { EventPlace, RetentionStore } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'
import { prepareDeleteEvent, type EventRef } from './delete-event.ts'
import { prepareAbandon, prepareDeleteProject } from './delete-project.ts'
import { prepareForgetHistory } from './forget-history.ts'
import { prepareSweep } from './sweep-events.ts'

const WEIGH = `
  SELECT e.key, e.received_at AS receivedAt,
    e.body_size_bytes + length(e.headers) + coalesce((
      SELECT sum(length(a.response_body)) FROM deliveries d JOIN attempts a ON a.delivery_key = d.key
      WHERE d.event_key = e.key), 0) AS bytes
  FROM events e
  WHERE e.project_key = (SELECT key FROM projects WHERE id = @projectId) AND (e.received_at, e.key) < (@at, @key)
  ORDER BY e.received_at DESC, e.key DESC LIMIT @limit`

const ONE = `
  SELECT e.key, e.body_key AS bodyKey, e.body_size_bytes + length(e.headers) AS bytes,
    EXISTS (SELECT 1 FROM deliveries d WHERE d.event_key = e.key AND d.state = 'delivering') AS isUnderWay
  FROM events e WHERE e.id = ?`

const AFTER_ALL: EventPlace = { receivedAt: Number.MAX_SAFE_INTEGER, key: Number.MAX_SAFE_INTEGER }

export function createRetentionStore({ db, read, write, searcher }: Connection): RetentionStore {
  const weigh = db.prepare<Record<string, string | number>, EventPlace & { bytes: number }>(WEIGH)
  const one = db.prepare<[EventId], EventRef & { isUnderWay: number }>(ONE)
  const sweep = prepareSweep(db)
  const forgetHistory = prepareForgetHistory(db)
  const deleteEvent = prepareDeleteEvent(db)
  const abandon = prepareAbandon(db)
  const deleteProject = prepareDeleteProject(db)

  /** Searches forget what a write deletes, once it lasts. */
  async function deleting<T>(work: (note: (key: number) => void) => T): Promise<T> {
    let keys: number[] = []
    const done = await write(() => {
      // It may run a second time.
      keys = []
      return work((key) => keys.push(key))
    })
    if (keys.length > 0) searcher.noteRemoved(keys)
    return done
  }

  return {
    weigh: ({ projectId, from, limit }) =>
      read(() => {
        const { receivedAt: at, key } = from ?? AFTER_ALL
        const rows = weigh.all({ projectId, at, key, limit })
        return rows.map(({ bytes, ...place }) => ({ place, bytes }))
      }),

    sweep: (step) => (step.dryRun ? read(() => sweep(step, () => undefined)) : deleting((note) => sweep(step, note))),

    deleteEvent: (eventId) =>
      deleting((note) => {
        const event = one.get(eventId)
        if (event === undefined || event.isUnderWay === 1) return null
        note(event.key)
        return deleteEvent(event)
      }),

    forgetHistory: (step) => write(() => forgetHistory(step)),
    abandon: (step) => write(() => abandon(step)),

    async deleteProject(projectId) {
      await write(() => deleteProject(projectId))
      searcher.noteRemoved(null)
    },

    giveBack: (pages) =>
      write(() => {
        db.exec(`PRAGMA incremental_vacuum(${Math.trunc(pages)})`)
        return db.pragma('freelist_count', { simple: true }) as number
      }),

    emptyLog: () => read(() => void db.pragma('wal_checkpoint(TRUNCATE)')),
  }
}
