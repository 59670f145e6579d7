import type { Migration } from './index.ts'

/** An attempt that sends its event's body as it is stored says so: no further use of that body is counted and written for it. */
export const sentEventBodies: Migration = {
  name: 'sent event bodies',
  sql: /* sql */ `
ALTER TABLE attempts ADD COLUMN sent_event_body INTEGER NOT NULL DEFAULT 0 CHECK (sent_event_body IN (0, 1));
`,
}
