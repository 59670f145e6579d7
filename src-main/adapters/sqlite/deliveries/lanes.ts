import type { Database } from 'better-sqlite3'
import type { Lane, LaneDue } from '#main/engine/ports.ts'

/** The rows of one lane that may be claimed at an instant, by the partial index on what is due. */
export interface DueInLane {
  lane: Lane
  now: number
  limit: number
  ordered?: boolean
}

const ALL = `
  SELECT (SELECT id FROM endpoints WHERE key = endpoint_key) AS lane, min(due_at) AS dueAt
  FROM deliveries WHERE state = 'scheduled' AND endpoint_key IS NOT NULL
  GROUP BY endpoint_key
  UNION ALL
  SELECT id, due_at FROM deliveries WHERE state = 'scheduled' AND endpoint_key IS NULL`

const OF_ENDPOINT = `endpoint_key = (SELECT key FROM endpoints WHERE id = @lane) AND state = 'scheduled'`
const OF_DELIVERY = `id = @lane AND endpoint_key IS NULL AND state = 'scheduled'`

const due = (lane: string) => `
  SELECT key FROM deliveries WHERE ${lane} AND due_at <= @now ORDER BY due_at, key LIMIT @limit`
const next = (lane: string) => `
  SELECT due_at FROM deliveries WHERE ${lane} ORDER BY due_at LIMIT 1`

/** Of those that wait, the one that came first. */
const HEAD = `SELECT key, due_at AS dueAt FROM deliveries WHERE ${OF_ENDPOINT} ORDER BY key LIMIT 1`

const UNDER_WAY = `
  SELECT 1 FROM deliveries
  WHERE endpoint_key = (SELECT key FROM endpoints WHERE id = @lane) AND state = 'delivering' LIMIT 1`

export function prepareAllLanes(db: Database): () => LaneDue[] {
  const all = db.prepare<[], LaneDue>(ALL)
  return () => all.all()
}

/** Row keys of what is due in a lane, earliest first; and when its next one is due. */
export function prepareLane(db: Database) {
  const find = {
    end: db.prepare<DueInLane, number>(due(OF_ENDPOINT)).pluck(),
    dlv: db.prepare<DueInLane, number>(due(OF_DELIVERY)).pluck(),
  }
  const first = {
    end: db.prepare<{ lane: Lane }, number>(next(OF_ENDPOINT)).pluck(),
    dlv: db.prepare<{ lane: Lane }, number>(next(OF_DELIVERY)).pluck(),
  }
  const head = db.prepare<{ lane: Lane }, { key: number; dueAt: number }>(HEAD)

  const underWay = db.prepare<{ lane: Lane }, number>(UNDER_WAY)

  function dueInOrder({ lane, now, limit }: DueInLane): number[] {
    const first = head.get({ lane })
    return first && first.dueAt <= now && limit > 0 && !underWay.get({ lane }) ? [first.key] : []
  }

  return {
    due({ ordered = false, ...asked }: DueInLane): number[] {
      return ordered ? dueInOrder(asked) : find[kindOf(asked.lane)].all(asked)
    },
    next({ lane, ordered = false }: Pick<DueInLane, 'lane' | 'ordered'>): LaneDue {
      const dueAt = ordered ? head.get({ lane })?.dueAt : first[kindOf(lane)].get({ lane })
      return { lane, dueAt: dueAt ?? null }
    },
  }
}

/** A lane is named by an endpoint's id, or by a delivery's own. */
function kindOf(lane: Lane): 'end' | 'dlv' {
  return lane.startsWith('end_') ? 'end' : 'dlv'
}
