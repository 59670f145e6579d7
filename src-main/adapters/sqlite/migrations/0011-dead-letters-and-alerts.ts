import type { Migration } from './index.ts'

/** One index groups dead letters by what they failed at, the other reads them in the order in which they came. */
const DEAD_LETTERS = /* sql */ `
CREATE INDEX dead_letters ON deliveries (project_key, endpoint_key, last_failure, updated_at) WHERE state = 'failed';
CREATE INDEX dead_letters_in_order ON deliveries (project_key) WHERE state = 'failed';

CREATE TABLE bulk_retries (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project_key INTEGER NOT NULL REFERENCES projects,
  actor TEXT NOT NULL,
  selection TEXT NOT NULL CHECK (json_valid(selection)),
  rate_per_second REAL,
  state TEXT NOT NULL,
  total INTEGER NOT NULL,
  retried INTEGER NOT NULL,
  refused TEXT NOT NULL CHECK (json_valid(refused)),
  cursor INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;
CREATE INDEX bulk_retries_newest ON bulk_retries (project_key, created_at);
CREATE INDEX bulk_retries_running ON bulk_retries (key) WHERE state = 'running';
`

/** An alert outlives its rule, which it names by id alone. */
const ALERTS = /* sql */ `
CREATE TABLE alert_rules (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project_key INTEGER NOT NULL REFERENCES projects,
  content TEXT NOT NULL CHECK (json_valid(content))
) STRICT;

CREATE TABLE alerts (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project_key INTEGER NOT NULL REFERENCES projects,
  rule_id TEXT NOT NULL,
  raised_at INTEGER NOT NULL,
  is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
  content TEXT NOT NULL CHECK (json_valid(content))
) STRICT;
CREATE INDEX alerts_newest ON alerts (project_key, raised_at);
CREATE INDEX alerts_of_rule ON alerts (rule_id, raised_at);
CREATE UNIQUE INDEX alerts_open ON alerts (rule_id) WHERE is_open = 1;
`

export const deadLettersAndAlerts: Migration = { name: 'dead letters and alerts', sql: DEAD_LETTERS + ALERTS }
