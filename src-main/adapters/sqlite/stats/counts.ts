import type { Database } from 'better-sqlite3'
import type { EndpointId } from '#shared/model/ids.ts'
import type { AttemptCounts, EndedDeliveries, EndpointCounts } from '#main/engine/ports.ts'

type Query = { endpointId: string; since: number }
type Aside = Query & { without: string }

const ENDPOINT = `(SELECT key FROM endpoints WHERE id = @endpointId)`

const ENDED_COUNTS = `
  count(*) FILTER (WHERE state = 'succeeded') AS succeeded, count(*) FILTER (WHERE state = 'failed') AS failed`
const ATTEMPT_COUNTS = `
  count(*) AS attempts, count(*) FILTER (WHERE a.number > 1 AND a.trigger = 'automatic') AS retries,
  count(*) FILTER (WHERE a.failure_code = 'timed_out') AS timeouts`

/** What is made for something else than an event's own way: little, and found by an index of its own. */
const ASIDE = `
  endpoint_key = ${ENDPOINT} AND purpose <> 'event' AND purpose IN (SELECT value FROM json_each(@without))`
const HAS_ASIDE = `SELECT EXISTS (SELECT 1 FROM deliveries WHERE endpoint_key = ${ENDPOINT} AND purpose <> 'event')`

const ENDED = `
  SELECT ${ENDED_COUNTS} FROM deliveries
  WHERE endpoint_key = ${ENDPOINT} AND state IN ('succeeded', 'failed') AND updated_at > @since`
const ENDED_ASIDE = `
  SELECT ${ENDED_COUNTS} FROM deliveries INDEXED BY deliveries_aside
  WHERE ${ASIDE} AND state IN ('succeeded', 'failed') AND updated_at > @since`

const ATTEMPTS = `
  SELECT ${ATTEMPT_COUNTS} FROM attempts a
  WHERE a.endpoint_key = ${ENDPOINT} AND a.finished_at > @since AND a.outcome IN ('succeeded', 'failed')`
/** An attempt that ended since changed its delivery then, or something did later. */
const ATTEMPTS_ASIDE = `
  SELECT ${ATTEMPT_COUNTS}
  FROM (
    SELECT key FROM deliveries INDEXED BY deliveries_aside
    WHERE ${ASIDE} AND state IN ('succeeded', 'failed', 'scheduled', 'held', 'delivering', 'canceled')
      AND updated_at > @since) d
    CROSS JOIN attempts a ON a.delivery_key = d.key
  WHERE a.finished_at > @since AND a.outcome IN ('succeeded', 'failed')`

const WAITING = `
  SELECT count(*) AS waiting FROM deliveries
  WHERE endpoint_key = ${ENDPOINT} AND state IN ('scheduled', 'held', 'delivering')`
const WAITING_ASIDE = `
  SELECT count(*) AS waiting FROM deliveries INDEXED BY deliveries_aside
  WHERE ${ASIDE} AND state IN ('scheduled', 'held', 'delivering')`

/** The purposes that do not count, as JSON. */
export const TESTS = JSON.stringify(['test'])
const TESTS_AND_ALERTS = JSON.stringify(['test', 'alert'])

/** Counts what an endpoint did, and takes from it what does not count. */
export function prepareCounting(db: Database) {
  const hasAside = db.prepare<{ endpointId: string }, number>(HAS_ASIDE).pluck()
  const ended = prepareDifference<EndedDeliveries>(db, ENDED, ENDED_ASIDE)
  const attempts = prepareDifference<AttemptCounts>(db, ATTEMPTS, ATTEMPTS_ASIDE)
  const waiting = prepareDifference<{ waiting: number }>(db, WAITING, WAITING_ASIDE)

  return {
    ended,
    attempts,
    all({ endpointId, since }: { endpointId: EndpointId; since: number }): EndpointCounts {
      const without = hasAside.get({ endpointId }) === 1 ? TESTS_AND_ALERTS : null
      const query = { endpointId, since, without }
      return { endpointId, ...ended(query), ...attempts(query), ...waiting(query) }
    },
  }
}

/** All that is counted of each endpoint, as of one moment. */
export function prepareCounts(db: Database) {
  const counting = prepareCounting(db)
  const atOnce = db.transaction(<T>(count: () => T): T => count())
  return ({ endpointIds, since }: { endpointIds: readonly EndpointId[]; since: number }): EndpointCounts[] =>
    atOnce(() => endpointIds.map((endpointId) => counting.all({ endpointId, since }))) as EndpointCounts[]
}

/** Both statements count the same things; `without` null leaves nothing out. */
function prepareDifference<C extends object>(db: Database, all: string, aside: string) {
  const whole = db.prepare<Query, Record<string, number>>(all)
  const part = db.prepare<Aside, Record<string, number>>(aside)
  return ({ without, ...query }: Query & { without: string | null }): C => {
    const counts = whole.get(query)!
    if (without === null) return counts as C
    const off = part.get({ ...query, without })!
    return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count - off[name]!])) as C
  }
}
