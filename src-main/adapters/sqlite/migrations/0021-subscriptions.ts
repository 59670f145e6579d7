import type { Migration } from './index.ts'

/** In the order in which events came, which `received_at` need not be. */
const BY_SOURCE = /* sql */ `
CREATE INDEX events_in_source ON events (source_key) WHERE source_key IS NOT NULL;
`

/** `position` is the key of the last event that was looked at; what is lent and not acknowledged stands in the loans. */
const SUBSCRIPTIONS = /* sql */ `
CREATE TABLE subscriptions (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project_key INTEGER NOT NULL REFERENCES projects,
  source_key INTEGER NOT NULL REFERENCES sources,
  name TEXT NOT NULL,
  is_group INTEGER NOT NULL CHECK (is_group IN (0, 1)),
  filter TEXT,
  key_id TEXT,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER,
  last_version TEXT,
  position INTEGER NOT NULL CHECK (position >= 0),
  missed INTEGER NOT NULL DEFAULT 0,
  UNIQUE (source_key, name, is_group)
) STRICT;

CREATE TABLE subscription_loans (
  subscription_key INTEGER NOT NULL REFERENCES subscriptions ON DELETE CASCADE,
  event_key INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  holder TEXT,
  sends INTEGER NOT NULL CHECK (sends > 0),
  cause TEXT,
  taken_at INTEGER NOT NULL,
  PRIMARY KEY (subscription_key, event_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX subscription_loans_of_event ON subscription_loans (event_key);

CREATE TABLE subscription_repeats (
  subscription_key INTEGER NOT NULL REFERENCES subscriptions ON DELETE CASCADE,
  cause TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (subscription_key, cause)
) STRICT, WITHOUT ROWID;
`

/**
 * What is deleted before it was acknowledged is counted. And no position stands beyond the newest event: once that is
 * deleted, the next one gets its key, and would be passed over.
 */
const DELETIONS = /* sql */ `
CREATE TRIGGER subscriptions_miss BEFORE DELETE ON events
WHEN old.source_key IS NOT NULL AND old.capture = 'complete' AND old.type <> 'handshake'
BEGIN
  UPDATE subscriptions SET missed = missed + 1
  WHERE source_key = old.source_key AND (position < old.key OR EXISTS (
    SELECT 1 FROM subscription_loans l WHERE l.subscription_key = subscriptions.key AND l.event_key = old.key)); END;
CREATE TRIGGER subscriptions_step_back AFTER DELETE ON events
WHEN old.key > (SELECT coalesce(max(key), 0) FROM events)
BEGIN
  UPDATE subscriptions SET position = (SELECT coalesce(max(key), 0) FROM events)
  WHERE position > (SELECT coalesce(max(key), 0) FROM events); END;
`

/** A source that another relay feeds. Its key is sealed among the secrets of its source. */
const LINKS = /* sql */ `
CREATE TABLE links (
  source_key INTEGER PRIMARY KEY REFERENCES sources,
  project_key INTEGER NOT NULL REFERENCES projects,
  url TEXT NOT NULL,
  remote_project TEXT,
  remote_source TEXT NOT NULL,
  subscriber TEXT NOT NULL,
  group_name TEXT,
  filter TEXT,
  start TEXT NOT NULL CHECK (json_valid(start)),
  reports INTEGER NOT NULL CHECK (reports IN (0, 1)),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1))
) STRICT;

CREATE TABLE relayed_events (
  event_key INTEGER PRIMARY KEY REFERENCES events ON DELETE CASCADE,
  source_key INTEGER NOT NULL REFERENCES sources,
  remote_id TEXT NOT NULL,
  sends INTEGER NOT NULL,
  cause TEXT,
  reported INTEGER NOT NULL CHECK (reported IN (0, 1)),
  UNIQUE (source_key, remote_id)
) STRICT;
CREATE INDEX relayed_events_unreported ON relayed_events (source_key, event_key) WHERE reported = 0;

CREATE TABLE source_secrets_with_links (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project_key INTEGER NOT NULL REFERENCES projects,
  source_key INTEGER NOT NULL REFERENCES sources,
  role TEXT NOT NULL CHECK (role IN ('signing', 'verify-token', 'link-key')),
  position INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (source_key, position)
) STRICT;
INSERT INTO source_secrets_with_links (key, id, project_key, source_key, role, position, sealed, created_at)
SELECT key, id, project_key, source_key, role, position, sealed, created_at FROM source_secrets;
DROP TABLE source_secrets;
ALTER TABLE source_secrets_with_links RENAME TO source_secrets;
`

/** What became of an event at the machine of whoever took it, as that told. */
const OUTCOMES = /* sql */ `
CREATE TABLE subscription_outcomes (
  event_key INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  subscription_key INTEGER NOT NULL REFERENCES subscriptions ON DELETE CASCADE,
  subscriber TEXT NOT NULL,
  target TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  last_status INTEGER,
  last_failure TEXT,
  at INTEGER NOT NULL,
  PRIMARY KEY (event_key, subscription_key, subscriber, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX subscription_outcomes_by_subscription ON subscription_outcomes (subscription_key);
`

export const subscriptions: Migration = {
  name: 'subscriptions and links',
  sql: BY_SOURCE + SUBSCRIPTIONS + DELETIONS + LINKS + OUTCOMES,
}
