import type { EndpointId } from '#shared/model/ids.ts'
import type { AttemptCounts, EndedDeliveries, StatsStore } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'

type Query = { endpointId: string; since: number }
type Counting = Query & { without: string }

const ENDPOINT = `(SELECT key FROM endpoints WHERE id = @endpointId)`

/** Deliveries of events that do not count: few, and found by their types. `@without` is JSON. */
const LEFT_OUT = `
  SELECT d.key FROM events e CROSS JOIN deliveries d ON d.event_key = e.key
  WHERE e.project_key = (SELECT project_key FROM endpoints WHERE id = @endpointId)
    AND e.type IN (SELECT value FROM json_each(@without))`

const ENDED = `
  SELECT count(*) FILTER (WHERE state = 'succeeded') AS succeeded, count(*) FILTER (WHERE state = 'failed') AS failed
  FROM deliveries
  WHERE endpoint_key = ${ENDPOINT} AND state IN ('succeeded', 'failed') AND updated_at > @since`

const ATTEMPTS = `
  SELECT count(*) AS attempts, count(*) FILTER (WHERE number > 1 AND trigger = 'automatic') AS retries,
    count(*) FILTER (WHERE failure_code = 'timed_out') AS timeouts
  FROM attempts
  WHERE endpoint_key = ${ENDPOINT} AND finished_at > @since AND outcome IN ('succeeded', 'failed')`

const ANSWER_TIMES = `
  SELECT total_ms FROM attempts
  WHERE endpoint_key = ${ENDPOINT} AND finished_at > @since AND outcome IN ('succeeded', 'failed') AND status IS NOT NULL
  ORDER BY finished_at DESC
  LIMIT @limit`

const WAITING = `
  SELECT count(*) FROM deliveries
  WHERE endpoint_key = ${ENDPOINT} AND state IN ('scheduled', 'held', 'delivering') AND key NOT IN (${LEFT_OUT})`

export function createStatsStore({ db, read }: Connection): StatsStore {
  const ended = db.prepare<Query, EndedDeliveries>(ENDED)
  const attempts = db.prepare<Query, AttemptCounts>(ATTEMPTS)
  const answerTimes = db.prepare<Query & { limit: number }, number>(ANSWER_TIMES).pluck()
  const endedBut = db.prepare<Counting, EndedDeliveries>(`${ENDED} AND key NOT IN (${LEFT_OUT})`)
  const attemptsBut = db.prepare<Counting, AttemptCounts>(`${ATTEMPTS} AND delivery_key NOT IN (${LEFT_OUT})`)
  const waitingBut = db.prepare<Counting, number>(WAITING).pluck()

  function countsOf(endpointId: EndpointId, since: number, without: string) {
    const query = { endpointId, since, without }
    return { endpointId, ...endedBut.get(query)!, ...attemptsBut.get(query)!, waiting: waitingBut.get(query)! }
  }

  return {
    ended: (query) => read(() => ended.get(query)!),
    attempts: (query) => read(() => attempts.get(query)!),
    answerTimes: (query) => read(() => answerTimes.all(query)),
    counts: ({ endpointIds, since, without }) =>
      read(() => endpointIds.map((endpointId) => countsOf(endpointId, since, JSON.stringify(without)))),
  }
}
