import type { Migration } from './index.ts'

/** The Activity screen narrows by these as well. */
const FILTERS = /* sql */ `
CREATE INDEX audit_by_outcome ON audit_entries (outcome, number);
CREATE INDEX audit_by_time ON audit_entries (at, number);
`

export const auditFilters: Migration = { name: 'audit filters', sql: FILTERS }
