import type { Migration } from './index.ts'

/** A workflow's schedule was seen to up to `seen_to_at`; `skipped` tells of starts that were left out. */
const WORKFLOWS = /* sql */ `
CREATE TABLE workflows (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project_key INTEGER NOT NULL REFERENCES projects,
  name TEXT NOT NULL,
  definition TEXT NOT NULL CHECK (json_valid(definition)),
  seen_to_at INTEGER NOT NULL,
  skipped TEXT CHECK (json_valid(skipped)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (project_key, name)
) STRICT;
`

/** `rules` and `run_order` stay as they were at the start. Events and deliveries are named by id: each may be forgotten before the other. */
const RUNS = /* sql */ `
CREATE TABLE workflow_runs (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project_key INTEGER NOT NULL REFERENCES projects,
  workflow_key INTEGER NOT NULL REFERENCES workflows ON DELETE CASCADE,
  actor TEXT NOT NULL,
  run_order TEXT NOT NULL CHECK (json_valid(run_order)),
  rules TEXT NOT NULL CHECK (json_valid(rules)),
  status TEXT NOT NULL,
  stop TEXT,
  completed INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  total INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  CHECK ((status = 'running') = (finished_at IS NULL))
) STRICT;
CREATE INDEX workflow_runs_newest ON workflow_runs (workflow_key, started_at);
CREATE INDEX workflow_runs_open ON workflow_runs (key) WHERE finished_at IS NULL;
CREATE INDEX workflow_runs_ended ON workflow_runs (project_key, finished_at) WHERE finished_at IS NOT NULL;

CREATE TABLE workflow_steps (
  run_key INTEGER NOT NULL REFERENCES workflow_runs ON DELETE CASCADE,
  unit INTEGER NOT NULL,
  number INTEGER NOT NULL,
  url TEXT NOT NULL,
  endpoint_id TEXT,
  tags TEXT NOT NULL CHECK (json_valid(tags)),
  event_id TEXT NOT NULL,
  event_type TEXT NOT NULL,
  policy TEXT,
  delivery_id TEXT,
  outcome TEXT NOT NULL,
  started_at INTEGER,
  finished_at INTEGER,
  attempts INTEGER NOT NULL,
  last_status INTEGER,
  last_failure TEXT,
  PRIMARY KEY (run_key, unit, number)
) STRICT, WITHOUT ROWID;
`

export const workflows: Migration = { name: 'workflows', sql: WORKFLOWS + RUNS }
