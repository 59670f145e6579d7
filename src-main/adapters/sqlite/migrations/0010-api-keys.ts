import type { Migration } from './index.ts'

/** Hashes stand for texts that are kept nowhere. */
const KEYS = /* sql */ `
CREATE TABLE api_keys (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project_key INTEGER REFERENCES projects (key),
  name TEXT NOT NULL,
  owner TEXT NOT NULL,
  scopes TEXT NOT NULL CHECK (json_valid(scopes)),
  prefix TEXT NOT NULL UNIQUE,
  hash BLOB NOT NULL,
  previous_prefix TEXT,
  previous_hash BLOB,
  previous_until INTEGER,
  expires_at INTEGER,
  quota_per_minute INTEGER,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  rotated_at INTEGER,
  last_used_at INTEGER,
  last_used_from TEXT,
  revoked_at INTEGER
) STRICT;
`

/** What the hashes are made with, sealed; one row. */
const HASH_KEY = /* sql */ `
CREATE TABLE api_key_hash_key (
  key INTEGER PRIMARY KEY CHECK (key = 1),
  sealed BLOB NOT NULL
) STRICT;
`

export const apiKeys: Migration = { name: 'api keys', sql: KEYS + HASH_KEY }
