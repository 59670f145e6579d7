import type { Migration } from './index.ts'

/** A UUID of version 4 for each project that was there before. */
const SITES = /* sql */ `
ALTER TABLE projects ADD COLUMN site_id TEXT;
UPDATE projects SET site_id = lower(
  hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' ||
  substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)));
CREATE UNIQUE INDEX projects_site ON projects (site_id);
`

/** What was done about a version, which itself never changes. */
const MARKS = /* sql */ `
CREATE TABLE version_marks (
  version_key INTEGER PRIMARY KEY REFERENCES endpoint_versions,
  project_key INTEGER NOT NULL REFERENCES projects,
  tested_at INTEGER,
  test_passed INTEGER,
  tested_by TEXT,
  reviewed_at INTEGER,
  reviewed_by TEXT
) STRICT;
`

export const operations: Migration = { name: 'operations', sql: SITES + MARKS }
