import type { Migration } from './index.ts'

/** What secrets stand in is sealed, and gone once it was revealed. */
const RAW_ANSWERS = /* sql */ `
CREATE TABLE raw_answers (
  attempt_key INTEGER PRIMARY KEY REFERENCES attempts ON DELETE CASCADE,
  project_key INTEGER NOT NULL REFERENCES projects,
  sealed BLOB
) STRICT;
CREATE INDEX raw_answers_kept ON raw_answers (project_key, attempt_key) WHERE sealed IS NOT NULL;
`

export const rawAnswers: Migration = { name: 'raw answers', sql: RAW_ANSWERS }
