import type { Migration } from './index.ts'

/** Finds what was made by editing an event. Hardly any event was: the index holds those alone. */
const COPIES = /* sql */ `
CREATE INDEX events_edited ON events (edited_from) WHERE edited_from IS NOT NULL;
`

export const editedCopies: Migration = { name: 'copies of edited events', sql: COPIES }
