import type { Database } from 'better-sqlite3'
import type { CrowdQuery } from '#main/engine/ports.ts'

/** The row that stands at the limit, where so many wait for their first attempt. */
const TO_ENDPOINT = `
  SELECT 1 FROM deliveries
  WHERE replay_key = (SELECT key FROM replays WHERE id = @replayId) AND attempts = 0 AND state = 'scheduled'
    AND endpoint_key = (SELECT key FROM endpoints WHERE id = @lane)
  LIMIT 1 OFFSET @most - 1`

const TO_URL = `
  SELECT 1 FROM deliveries
  WHERE replay_key = (SELECT key FROM replays WHERE id = @replayId) AND attempts = 0 AND state = 'scheduled'
    AND endpoint_key IS NULL
  LIMIT 1 OFFSET @most - 1`

export function prepareCrowds(db: Database): (query: CrowdQuery) => boolean {
  const toEndpoint = db.prepare<{ replayId: string; lane: string; most: number }, number>(TO_ENDPOINT).pluck()
  const toUrl = db.prepare<{ replayId: string; most: number }, number>(TO_URL).pluck()
  return ({ replayId, lanes, most }) =>
    lanes.every((lane) => {
      const atLimit = lane === null ? toUrl.get({ replayId, most }) : toEndpoint.get({ replayId, lane, most })
      return atLimit !== undefined
    })
}
