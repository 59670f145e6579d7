import type { Migration } from './index.ts'

/** Ids are texts and no references: entries stay when what they tell of is gone. */
const ENTRIES = /* sql */ `
CREATE TABLE audit_entries (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  actor_name TEXT NOT NULL,
  actor_kind TEXT NOT NULL,
  key_id TEXT,
  address TEXT,
  project_id TEXT,
  action TEXT NOT NULL,
  target_id TEXT,
  target_name TEXT,
  outcome TEXT NOT NULL,
  code TEXT,
  detail TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_action ON audit_entries (action, number);
CREATE INDEX audit_by_actor ON audit_entries (actor_name, number);
CREATE INDEX audit_by_key ON audit_entries (key_id, number) WHERE key_id IS NOT NULL;
CREATE INDEX audit_by_target ON audit_entries (target_id, number) WHERE target_id IS NOT NULL;
CREATE INDEX audit_by_target_name ON audit_entries (target_name, number) WHERE target_name IS NOT NULL;
CREATE INDEX audit_by_project ON audit_entries (project_id, number) WHERE project_id IS NOT NULL;
`

/** Against mistakes in this program and by hand; whoever can write the file can take them out, which the chain shows. */
const GUARDS = /* sql */ `
CREATE TRIGGER audit_entries_never_change BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'entries of the audit log are never changed'); END;
CREATE TRIGGER audit_entries_never_go BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'entries of the audit log are never removed'); END;
CREATE TRIGGER audit_entries_only_follow BEFORE INSERT ON audit_entries
WHEN NEW.number <= (SELECT coalesce(max(number), 0) FROM audit_entries)
BEGIN SELECT RAISE(ABORT, 'entries of the audit log are only added at its end'); END;
`

const INTENTS = /* sql */ `
CREATE TABLE audit_intents (
  key INTEGER PRIMARY KEY,
  draft TEXT NOT NULL
) STRICT;
`

export const audit: Migration = { name: 'audit', sql: ENTRIES + GUARDS + INTENTS }
