import type { StatsStore } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'
import { prepareCounting, TESTS } from './counts.ts'

const ANSWER_TIMES = `
  SELECT total_ms FROM attempts
  WHERE endpoint_key = (SELECT key FROM endpoints WHERE id = @endpointId) AND finished_at > @since
    AND outcome IN ('succeeded', 'failed') AND status IS NOT NULL AND trigger <> 'test'
  ORDER BY finished_at DESC
  LIMIT @limit`

export function createStatsStore({ db, read, readApart }: Connection): StatsStore {
  const counting = prepareCounting(db)
  const answerTimes = db.prepare<{ endpointId: string; since: number; limit: number }, number>(ANSWER_TIMES).pluck()
  return {
    ended: (query) => read(() => counting.ended({ ...query, without: TESTS })),
    attempts: (query) => read(() => counting.attempts({ ...query, without: TESTS })),
    answerTimes: (query) => read(() => answerTimes.all(query)),
    // Every endpoint of a project, again and again: not where deliveries wait for it.
    counts: (query) => readApart('counts', query),
  }
}
