import type { Migration } from './index.ts'

/** Failures and answers of no success are few, and asked for by themselves; indexes of them cost what succeeds nothing. */
export const searchIndexes: Migration = {
  name: 'search indexes',
  sql: /* sql */ `
CREATE INDEX deliveries_by_failure ON deliveries (project_key, last_failure) WHERE last_failure IS NOT NULL;
CREATE INDEX attempts_by_status ON attempts (project_key, status, delivery_key) WHERE status NOT BETWEEN 200 AND 299;
`,
}
