import type { Migration } from './index.ts'

const SOURCES = /* sql */ `
ALTER TABLE sources ADD COLUMN duplicates TEXT NOT NULL DEFAULT 'keep' CHECK (duplicates IN ('keep', 'drop'));

CREATE TABLE source_secrets (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project_key INTEGER NOT NULL REFERENCES projects,
  source_key INTEGER NOT NULL REFERENCES sources,
  position INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (source_key, position)
) STRICT;
`

/** Project and time stand here too, so that one index serves a filtered list in its order. */
const VERDICTS = /* sql */ `
CREATE TABLE verdicts (
  event_key INTEGER PRIMARY KEY REFERENCES events ON DELETE CASCADE,
  project_key INTEGER NOT NULL REFERENCES projects,
  received_at INTEGER NOT NULL,
  provider TEXT NOT NULL,
  verdict TEXT NOT NULL,
  reason TEXT,
  skew_seconds INTEGER
) STRICT;
CREATE INDEX verdicts_by_verdict ON verdicts (project_key, verdict, received_at);
`

/** The type stands here too: some senders use one id for several messages, each of another type. */
const MESSAGES = /* sql */ `
CREATE TABLE messages (
  event_key INTEGER PRIMARY KEY REFERENCES events ON DELETE CASCADE,
  source_key INTEGER NOT NULL REFERENCES sources,
  message_id TEXT NOT NULL,
  type TEXT NOT NULL,
  standing TEXT NOT NULL CHECK (standing IN ('first', 'duplicate', 'unproven')),
  first_key INTEGER REFERENCES events ON DELETE SET NULL,
  repeats INTEGER NOT NULL CHECK (repeats >= 0)
) STRICT;
CREATE UNIQUE INDEX messages_first ON messages (source_key, message_id, type) WHERE standing = 'first';
CREATE INDEX messages_duplicates ON messages (first_key) WHERE first_key IS NOT NULL;
`

export const verdictsAndMessages: Migration = {
  name: 'verdicts and messages',
  sql: SOURCES + VERDICTS + MESSAGES,
}
