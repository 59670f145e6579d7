import type { Migration } from './index.ts'

const OVER = `('succeeded', 'failed', 'canceled', 'simulated')`

/** What became of an event of a relay is told to it again once it is another: retried by hand, or sent once more. */
const SQL = /* sql */ `
CREATE TRIGGER relayed_events_end_again AFTER UPDATE OF state ON deliveries
WHEN new.state IN ${OVER} AND old.state <> new.state
BEGIN
  UPDATE relayed_events SET reported = 0 WHERE event_key = new.event_key AND reported = 1; END;
CREATE TRIGGER relayed_events_go_again AFTER INSERT ON deliveries
BEGIN
  UPDATE relayed_events SET reported = 0 WHERE event_key = new.event_key AND reported = 1; END;
`

export const outcomesAgain: Migration = { name: 'outcomes told again', sql: SQL }
