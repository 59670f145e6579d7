import type { Migration } from './index.ts'

/** Trailers stand apart from headers: what comes after a body must never pass for what came before it. */
export const trailers: Migration = {
  name: 'trailers',
  sql: /* sql */ `ALTER TABLE events ADD COLUMN trailers TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(trailers))`,
}
