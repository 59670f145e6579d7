import type { Migration } from './index.ts'

const CONFIGURATION = /* sql */ `
CREATE TABLE schema_migrations (
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL CHECK (json_valid(value)),
  PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE projects (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  time_scale REAL NOT NULL CHECK (time_scale > 0),
  notification_url TEXT,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sources (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project_key INTEGER NOT NULL REFERENCES projects,
  slug TEXT NOT NULL,
  name TEXT NOT NULL,
  provider TEXT,
  answer TEXT NOT NULL CHECK (json_valid(answer)),
  public_url TEXT,
  body_limit_bytes INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE UNIQUE INDEX sources_slug ON sources (slug) WHERE deleted_at IS NULL;

CREATE TABLE endpoints (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project_key INTEGER NOT NULL REFERENCES projects,
  version_key INTEGER REFERENCES endpoint_versions DEFERRABLE INITIALLY DEFERRED,
  state TEXT NOT NULL CHECK (state IN ('active', 'paused')),
  paused_reason TEXT,
  paused_at INTEGER,
  consecutive_failures INTEGER NOT NULL CHECK (consecutive_failures >= 0),
  created_at INTEGER NOT NULL,
  deleted_at INTEGER,
  CHECK ((state = 'paused') = (paused_reason IS NOT NULL))
) STRICT;

CREATE TABLE endpoint_versions (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project_key INTEGER NOT NULL REFERENCES projects,
  endpoint_key INTEGER NOT NULL REFERENCES endpoints,
  number INTEGER NOT NULL,
  config TEXT NOT NULL CHECK (json_valid(config)),
  actor TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (endpoint_key, number)
) STRICT;
CREATE TRIGGER endpoint_versions_never_change BEFORE UPDATE ON endpoint_versions
BEGIN SELECT raise(ABORT, 'endpoint versions never change'); END;

CREATE TABLE data_keys (
  project_key INTEGER PRIMARY KEY REFERENCES projects,
  sealed BLOB NOT NULL
) STRICT;

CREATE TABLE secrets (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  project_key INTEGER NOT NULL REFERENCES projects,
  endpoint_key INTEGER NOT NULL REFERENCES endpoints,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (id, version),
  UNIQUE (endpoint_key, name, version)
) STRICT;
`

/** A body's first MiB stands in its own row, the rest in chunks, so that a long one is never one allocation in SQLite. */
const MESSAGES = /* sql */ `
CREATE TABLE bodies (
  key INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
  size_bytes INTEGER NOT NULL,
  reference_count INTEGER NOT NULL CHECK (reference_count > 0),
  bytes BLOB NOT NULL
) STRICT;
CREATE TABLE body_chunks (
  key INTEGER PRIMARY KEY,
  body_key INTEGER NOT NULL REFERENCES bodies ON DELETE CASCADE,
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE (body_key, number)
) STRICT;

CREATE TABLE events (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project_key INTEGER NOT NULL REFERENCES projects,
  source_key INTEGER REFERENCES sources,
  type TEXT NOT NULL,
  provider TEXT,
  origin TEXT NOT NULL,
  capture TEXT NOT NULL,
  capture_note TEXT,
  received_at INTEGER NOT NULL,
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  query TEXT,
  http_version TEXT NOT NULL,
  headers TEXT NOT NULL CHECK (json_valid(headers)),
  content_type TEXT,
  body_key INTEGER NOT NULL REFERENCES bodies,
  body_sha256 BLOB NOT NULL,
  body_size_bytes INTEGER NOT NULL,
  declared_size_bytes INTEGER,
  remote_address TEXT,
  hops INTEGER NOT NULL
) STRICT;
CREATE INDEX events_newest ON events (project_key, received_at);
CREATE INDEX events_by_source ON events (source_key, received_at);
CREATE INDEX events_by_type ON events (project_key, type, received_at);
CREATE INDEX events_by_body ON events (body_key);
CREATE INDEX events_not_complete ON events (project_key, capture, received_at) WHERE capture <> 'complete';
CREATE TRIGGER events_never_change BEFORE UPDATE ON events
BEGIN SELECT raise(ABORT, 'events never change'); END;

CREATE TABLE idempotency_keys (
  project_key INTEGER NOT NULL REFERENCES projects,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  event_key INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (project_key, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_expiry ON idempotency_keys (expires_at);
CREATE INDEX idempotency_keys_event ON idempotency_keys (event_key);
`

/** `owner`, `attempt_id` and `claimed_at` are the lease and the begun attempt of a delivery under way. */
const DELIVERIES = /* sql */ `
CREATE TABLE replays (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project_key INTEGER NOT NULL REFERENCES projects,
  actor TEXT NOT NULL,
  resign INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX replays_newest ON replays (project_key, created_at);

CREATE TABLE deliveries (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project_key INTEGER NOT NULL REFERENCES projects,
  event_key INTEGER NOT NULL REFERENCES events,
  endpoint_key INTEGER REFERENCES endpoints,
  target_url TEXT,
  replay_key INTEGER REFERENCES replays,
  resign INTEGER NOT NULL,
  state TEXT NOT NULL,
  due_at INTEGER,
  next_trigger TEXT NOT NULL,
  tries INTEGER NOT NULL CHECK (tries >= 0),
  attempts INTEGER NOT NULL CHECK (attempts >= 0),
  last_status INTEGER,
  last_failure TEXT,
  pinned_version_key INTEGER REFERENCES endpoint_versions,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  owner TEXT,
  attempt_id TEXT,
  claimed_at INTEGER,
  CHECK (endpoint_key IS NOT NULL OR target_url IS NOT NULL),
  CHECK ((state = 'scheduled') = (due_at IS NOT NULL)),
  CHECK ((state = 'delivering') = (owner IS NOT NULL AND attempt_id IS NOT NULL AND claimed_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX deliveries_once ON deliveries (event_key, coalesce(endpoint_key, target_url), coalesce(replay_key, 0));
CREATE INDEX deliveries_by_state ON deliveries (project_key, state, created_at);
CREATE INDEX deliveries_by_endpoint ON deliveries (endpoint_key, state, created_at);
CREATE INDEX deliveries_by_replay ON deliveries (replay_key, state, created_at) WHERE replay_key IS NOT NULL;
CREATE INDEX deliveries_due ON deliveries (endpoint_key, due_at) WHERE state = 'scheduled';
CREATE INDEX deliveries_pinned ON deliveries (pinned_version_key) WHERE pinned_version_key IS NOT NULL;
CREATE INDEX deliveries_in_order ON deliveries (endpoint_key) WHERE state = 'scheduled';
CREATE INDEX deliveries_under_way ON deliveries (owner) WHERE state = 'delivering';

CREATE TABLE attempts (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project_key INTEGER NOT NULL REFERENCES projects,
  delivery_key INTEGER NOT NULL REFERENCES deliveries,
  endpoint_version_key INTEGER REFERENCES endpoint_versions,
  number INTEGER NOT NULL,
  trigger TEXT NOT NULL,
  outcome TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER NOT NULL,
  next_attempt_at INTEGER,
  status INTEGER,
  failure TEXT CHECK (json_valid(failure)),
  timings TEXT NOT NULL CHECK (json_valid(timings)),
  request TEXT CHECK (json_valid(request)),
  response TEXT CHECK (json_valid(response)),
  request_body_key INTEGER REFERENCES bodies,
  response_body BLOB,
  UNIQUE (delivery_key, number)
) STRICT;
CREATE INDEX attempts_by_request_body ON attempts (request_body_key) WHERE request_body_key IS NOT NULL;
`

export const firstSchema: Migration = { name: 'first schema', sql: CONFIGURATION + MESSAGES + DELIVERIES }
