import type { Migration } from './index.ts'

/** `message` is the sender's own id of a message whose tries walk the script by themselves; empty for all others. */
const SCRIPT_STEPS = /* sql */ `
CREATE TABLE script_steps (
  source_key INTEGER NOT NULL REFERENCES sources,
  message TEXT NOT NULL,
  given INTEGER NOT NULL CHECK (given > 0),
  PRIMARY KEY (source_key, message)
) STRICT, WITHOUT ROWID;
`

/** Each source that is there gets a key of 128 random bits. */
const INGESTION = /* sql */ `
ALTER TABLE sources ADD COLUMN ingest_key TEXT;
ALTER TABLE sources ADD COLUMN allowed_origins TEXT NOT NULL DEFAULT '["*"]' CHECK (json_valid(allowed_origins));
UPDATE sources SET ingest_key = 'ing_' || lower(hex(randomblob(16)));
CREATE UNIQUE INDEX sources_ingest_key ON sources (ingest_key);
`

/** A source keeps, besides what signatures are checked with, the token that some senders show when they ask. */
const VERIFY_TOKENS = /* sql */ `
ALTER TABLE source_secrets ADD COLUMN role TEXT NOT NULL DEFAULT 'signing' CHECK (role IN ('signing', 'verify-token'));
`

export const answersAndIngestion: Migration = {
  name: 'answers and ingestion',
  sql: SCRIPT_STEPS + INGESTION + VERIFY_TOKENS,
}
