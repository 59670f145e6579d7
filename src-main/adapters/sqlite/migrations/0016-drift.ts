import type { Migration } from './index.ts'

/** Events that do not fit the schema of their type, and how far the stored ones were judged. */
const SQL = /* sql */ `
CREATE TABLE event_drifts (
  event_key INTEGER PRIMARY KEY REFERENCES events ON DELETE CASCADE,
  breaks INTEGER NOT NULL CHECK (breaks > 0)
) STRICT;
CREATE TABLE drift_progress (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  event_key INTEGER NOT NULL
) STRICT;
`

export const drift: Migration = { name: 'drift', sql: SQL }
