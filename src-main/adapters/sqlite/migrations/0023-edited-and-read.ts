import type { Migration } from './index.ts'

/** Which event was edited to make this one, by id: it may be deleted meanwhile. */
const EDITED = /* sql */ `
ALTER TABLE events ADD COLUMN edited_from TEXT;
`

/**
 * What was read. Up to the mark of its project every event is, but for those that say otherwise: so all of them are marked
 * without a row for each. What was there before this is read.
 */
const READ = /* sql */ `
CREATE TABLE read_marks (
  project_key INTEGER PRIMARY KEY REFERENCES projects,
  event_key INTEGER NOT NULL
) STRICT;
INSERT INTO read_marks (project_key, event_key)
  SELECT p.key, coalesce((SELECT max(key) FROM events WHERE project_key = p.key), 0) FROM projects p;

CREATE TABLE event_reads (
  event_key INTEGER PRIMARY KEY REFERENCES events ON DELETE CASCADE,
  project_key INTEGER NOT NULL REFERENCES projects,
  is_read INTEGER NOT NULL CHECK (is_read IN (0, 1))
) STRICT;
CREATE INDEX event_reads_of_project ON event_reads (project_key, event_key);
`

export const editedAndRead: Migration = { name: 'edited events and what was read', sql: EDITED + READ }
