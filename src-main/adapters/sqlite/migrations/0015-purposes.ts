import type { Migration } from './index.ts'

/** Few are made for something else than an event's own way: they have an index of their own, by which they are left out. */
const PURPOSES = /* sql */ `
ALTER TABLE deliveries ADD COLUMN purpose TEXT NOT NULL DEFAULT 'event';
UPDATE deliveries SET purpose = 'test' WHERE next_trigger = 'test';
UPDATE deliveries SET purpose = 'alert' WHERE event_key IN (
  SELECT key FROM events
  WHERE project_key IN (SELECT key FROM projects) AND type IN ('alert.raised', 'alert.resolved'));
CREATE INDEX deliveries_aside ON deliveries (endpoint_key, purpose, state, updated_at) WHERE purpose <> 'event';

DROP INDEX dead_letters;
DROP INDEX dead_letters_in_order;
CREATE INDEX dead_letters ON deliveries (project_key, endpoint_key, last_failure, updated_at, purpose)
  WHERE state = 'failed' AND purpose <> 'test';
CREATE INDEX dead_letters_in_order ON deliveries (project_key) WHERE state = 'failed' AND purpose <> 'test';
`

export const purposes: Migration = { name: 'purposes of deliveries', sql: PURPOSES }
