import type { Migration } from './index.ts'

/**
 * Providers and event types that projects add, and as whom triggered deliveries are sent. A sender's `sealed` is the secret
 * given for it alone; without one the endpoint's own sign.
 */
export const ownCatalog: Migration = {
  name: 'own catalog',
  sql: /* sql */ `
CREATE TABLE providers (
  key INTEGER PRIMARY KEY,
  project_key INTEGER NOT NULL REFERENCES projects,
  id TEXT NOT NULL,
  definition TEXT NOT NULL CHECK (json_valid(definition)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (project_key, id)
) STRICT;

CREATE TABLE event_types (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project_key INTEGER NOT NULL REFERENCES projects,
  provider TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  schema TEXT CHECK (json_valid(schema)),
  sample TEXT NOT NULL CHECK (json_valid(sample)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (project_key, provider, name)
) STRICT;

CREATE TABLE senders (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project_key INTEGER NOT NULL REFERENCES projects,
  provider TEXT NOT NULL,
  policy TEXT NOT NULL,
  sealed BLOB,
  created_at INTEGER NOT NULL
) STRICT;
ALTER TABLE deliveries ADD COLUMN sender_key INTEGER REFERENCES senders;
CREATE INDEX deliveries_by_sender ON deliveries (sender_key) WHERE sender_key IS NOT NULL;
`,
}
