import type { Migration } from './index.ts'

export const secretRotation: Migration = {
  name: 'secret rotation',
  sql: /* sql */ `ALTER TABLE secrets ADD COLUMN expires_at INTEGER;`,
}
