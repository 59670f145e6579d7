import type { Migration } from './index.ts'

/** Trailers stand apart from headers: what comes after a body must never pass for what came before it. */
const TRAILERS = /* sql */ `
ALTER TABLE events ADD COLUMN trailers TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(trailers));
`

/** When the program ran: a message that came while it did not was missed here, not left out by its sender. */
const RUNS = /* sql */ `
CREATE TABLE runs (
  key INTEGER PRIMARY KEY,
  started_at INTEGER NOT NULL,
  alive_at INTEGER NOT NULL
) STRICT;
CREATE INDEX runs_by_end ON runs (alive_at);
`

export const trailersAndRuns: Migration = { name: 'trailers and runs', sql: TRAILERS + RUNS }
