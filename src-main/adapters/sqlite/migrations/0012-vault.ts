import type { Migration } from './index.ts'

/** A project may have several data keys while one takes the place of another. */
const NUMBERED_DATA_KEYS = /* sql */ `
CREATE TABLE numbered_data_keys (
  project_key INTEGER NOT NULL REFERENCES projects,
  number INTEGER NOT NULL CHECK (number > 0),
  sealed BLOB NOT NULL,
  PRIMARY KEY (project_key, number)
) STRICT;
INSERT INTO numbered_data_keys (project_key, number, sealed) SELECT project_key, 1, sealed FROM data_keys;
DROP TABLE data_keys;
ALTER TABLE numbered_data_keys RENAME TO data_keys;
`

/** What holds for all versions of a secret of an endpoint. */
const FACTS = /* sql */ `
CREATE TABLE secret_facts (
  project_key INTEGER NOT NULL REFERENCES projects,
  endpoint_key INTEGER NOT NULL REFERENCES endpoints,
  name TEXT NOT NULL,
  owner TEXT,
  last_used_at INTEGER,
  PRIMARY KEY (endpoint_key, name)
) STRICT, WITHOUT ROWID;
ALTER TABLE projects ADD COLUMN secret_max_age_days INTEGER NOT NULL DEFAULT 90 CHECK (secret_max_age_days > 0);
`

/** The limit is counted here, so the rows outlive the secrets. A version is revealed once, whoever asks. */
const REVEALS = /* sql */ `
CREATE TABLE secret_reveals (
  key INTEGER PRIMARY KEY,
  secret_id TEXT NOT NULL,
  endpoint_id TEXT NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by_name TEXT NOT NULL,
  by_kind TEXT NOT NULL,
  by_key_id TEXT,
  by_address TEXT,
  outcome TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX secret_reveals_once ON secret_reveals (secret_id) WHERE outcome = 'revealed';
CREATE INDEX secret_reveals_by_endpoint ON secret_reveals (endpoint_id, at);
CREATE TRIGGER secret_reveals_never_change BEFORE UPDATE ON secret_reveals
BEGIN SELECT raise(ABORT, 'reveals never change'); END;
CREATE TRIGGER secret_reveals_never_go BEFORE DELETE ON secret_reveals
BEGIN SELECT raise(ABORT, 'reveals never go'); END;
`

export const vault: Migration = { name: 'vault', sql: NUMBERED_DATA_KEYS + FACTS + REVEALS }
