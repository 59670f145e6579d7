import type { Link } from '#shared/model/link/link.ts'
import type { Outcome } from '#shared/model/link/outcome.ts'
import type { LinkStore, Relayed } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'
import { LINK_COLUMNS, toLink, toLinkRow, type LinkRow } from './link-row.ts'

const SOURCE_KEY = `(SELECT key FROM sources WHERE id = @sourceId)`

const LIST = `
  SELECT ${LINK_COLUMNS}
  FROM links l JOIN sources o ON o.key = l.source_key JOIN projects p ON p.key = l.project_key
  ORDER BY l.source_key`
const UPDATE = `
  UPDATE links SET url = @url, remote_project = @remoteProject, remote_source = @remoteSource, subscriber = @subscriber,
    group_name = @group, filter = @filter, start = @start, reports = @reports, enabled = @enabled
  WHERE source_key = ${SOURCE_KEY}`
const RELAYED = `
  SELECT remote_id AS remoteId, sends, cause FROM relayed_events
  WHERE event_key = (SELECT key FROM events WHERE id = ?)`

const OVER = `('succeeded', 'failed', 'canceled', 'simulated')`
const ALL_OVER = `NOT EXISTS (SELECT 1 FROM deliveries w WHERE w.event_key = r.event_key AND w.state NOT IN ${OVER})`
const UNREPORTED = `
  SELECT r.remote_id AS eventId,
    coalesce((SELECT json_extract(v.config, '$.name') FROM endpoint_versions v WHERE v.key = n.version_key), d.target_url)
      AS target, d.state, d.attempts, d.last_status AS lastStatus, d.last_failure AS lastFailure
  FROM (
      SELECT r.event_key, r.remote_id FROM relayed_events r INDEXED BY relayed_events_unreported
      WHERE r.source_key = ${SOURCE_KEY} AND r.reported = 0 AND ${ALL_OVER}
      ORDER BY r.event_key LIMIT @limit) r
    CROSS JOIN deliveries d ON d.event_key = r.event_key LEFT JOIN endpoints n ON n.key = d.endpoint_key
  ORDER BY r.event_key, d.key`
/** What is true of an event by now; a delivery that ended anew has a further attempt, or another state. */
const REPORTED = `
  UPDATE relayed_events AS r SET reported = 1
  WHERE source_key = ${SOURCE_KEY} AND remote_id = @remoteId AND ${ALL_OVER} AND @told = (
    SELECT group_concat(d.state || ' ' || d.attempts ORDER BY d.key) FROM deliveries d WHERE d.event_key = r.event_key)`

export function createLinkStore({ db, read, write }: Connection): LinkStore {
  const list = db.prepare<[], LinkRow>(LIST)
  const update = db.prepare<LinkRow>(UPDATE)
  const relayed = db.prepare<[string], Relayed>(RELAYED)
  const unreported = db.prepare<{ sourceId: string; limit: number }, Outcome>(UNREPORTED)
  const reported = db.prepare<{ sourceId: string; remoteId: string; told: string }>(REPORTED)

  return {
    list: () => read(() => list.all().map(toLink)),
    update: (link: Link) => write(() => void update.run(toLinkRow(link))),
    relayed: (eventId) => read(() => relayed.get(eventId) ?? null),
    unreported: (sourceId, limit) => read(() => unreported.all({ sourceId, limit })),
    // What is told twice is told the same: it need not outlast a power cut.
    reported: (sourceId, outcomes) =>
      write(
        () => {
          for (const [remoteId, told] of toldByEvent(outcomes)) reported.run({ sourceId, remoteId, told })
        },
        { flushed: false },
      ),
  }
}

function toldByEvent(outcomes: readonly Outcome[]): Map<string, string> {
  const told = new Map<string, string>()
  for (const { eventId, state, attempts } of outcomes) {
    const before = told.get(eventId)
    told.set(eventId, `${before === undefined ? '' : `${before},`}${state} ${attempts}`)
  }
  return told
}
