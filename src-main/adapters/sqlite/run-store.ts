import type { Run, RunStore } from '#main/engine/ports.ts'
import type { Connection } from './connection.ts'

const BEGIN = `INSERT INTO runs (started_at, alive_at) VALUES (@at, @at)`
const ALIVE = `UPDATE runs SET alive_at = @at WHERE key = (SELECT max(key) FROM runs)`
/** The last one that ended before the stretch tells from when on nothing ran. */
const LIST = `
  SELECT started_at AS startedAt, alive_at AS aliveAt FROM runs
  WHERE started_at < @until
    AND alive_at >= coalesce((SELECT max(alive_at) FROM runs WHERE alive_at < @since), @since)
  ORDER BY key`

export function createRunStore({ db, read, write }: Connection): RunStore {
  const begin = db.prepare<{ at: number }>(BEGIN)
  const alive = db.prepare<{ at: number }>(ALIVE)
  const list = db.prepare<{ since: number; until: number }, Run>(LIST)
  return {
    begin: (at) => write(() => void begin.run({ at })),
    alive: (at) => write(() => void alive.run({ at })),
    list: (stretch) => read(() => list.all(stretch)),
  }
}
