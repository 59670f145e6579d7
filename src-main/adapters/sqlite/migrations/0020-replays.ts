import type { Migration } from './index.ts'

/** What a replay was asked for, and how far it is. Those from before made all their deliveries at once. */
const RUNS = /* sql */ `
ALTER TABLE replays ADD COLUMN selection TEXT NOT NULL DEFAULT '{"eventIds":[]}' CHECK (json_valid(selection));
ALTER TABLE replays ADD COLUMN target TEXT NOT NULL DEFAULT '{"takers":true}' CHECK (json_valid(target));
ALTER TABLE replays ADD COLUMN edited_event_id TEXT;
ALTER TABLE replays ADD COLUMN rate_per_second REAL;
ALTER TABLE replays ADD COLUMN state TEXT NOT NULL DEFAULT 'finished';
ALTER TABLE replays ADD COLUMN is_counted INTEGER NOT NULL DEFAULT 1;
ALTER TABLE replays ADD COLUMN total INTEGER NOT NULL DEFAULT 0;
ALTER TABLE replays ADD COLUMN made INTEGER NOT NULL DEFAULT 0;
ALTER TABLE replays ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0;
ALTER TABLE replays ADD COLUMN left_out TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(left_out));
ALTER TABLE replays ADD COLUMN place TEXT CHECK (json_valid(place));
ALTER TABLE replays ADD COLUMN finished_at INTEGER;
UPDATE replays SET total = made.count, made = made.count, finished_at = created_at
FROM (SELECT replay_key, count(*) AS count FROM deliveries WHERE replay_key IS NOT NULL GROUP BY replay_key) made
WHERE made.replay_key = replays.key;
CREATE INDEX replays_running ON replays (key) WHERE state = 'running';
CREATE INDEX deliveries_untried ON deliveries (replay_key, endpoint_key)
  WHERE replay_key IS NOT NULL AND attempts = 0 AND state = 'scheduled';
`

/** What the filter of a replay found, newest first, until it is sent. Events are named by id: one may go meanwhile. */
const ITEMS = /* sql */ `
CREATE TABLE replay_items (
  replay_key INTEGER NOT NULL REFERENCES replays ON DELETE CASCADE,
  number INTEGER NOT NULL,
  project_key INTEGER NOT NULL REFERENCES projects,
  event_id TEXT NOT NULL,
  PRIMARY KEY (replay_key, number)
) STRICT, WITHOUT ROWID;
`

export const replays: Migration = { name: 'replays', sql: RUNS + ITEMS }
