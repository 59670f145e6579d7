import { closeSync, openSync, rmSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { MIGRATIONS, type Migration } from '../migrations/index.ts'

/** The schema that this program works with. */
export const SCHEMA_VERSION = MIGRATIONS.length

/** Brings the schema up to date in one transaction: all steps last, or none. Answers the steps taken. */
export function migrate(db: Database): readonly Migration[] {
  const current = db.pragma('user_version', { simple: true }) as number
  const steps = MIGRATIONS.slice(current)
  if (steps.length === 0) return steps
  db.transaction(() => {
    for (const step of steps) db.exec(step.sql)
    const note = db.prepare('INSERT INTO schema_migrations (version, name, applied_at) VALUES (?, ?, ?)')
    for (const [index, { name }] of steps.entries()) note.run(current + index + 1, name, Date.now())
    db.pragma(`user_version = ${SCHEMA_VERSION}`)
  }).immediate()
  return steps
}

/** Keeps a whole copy beside the database, readable by its owner only; answers its path. */
export function copyBeforeMigrating(db: Database, path: string): string {
  const version = db.pragma('user_version', { simple: true }) as number
  const copy = `${path}.schema-${version}.${new Date().toISOString().replaceAll(/[:.]/g, '-')}`
  closeSync(openSync(copy, 'wx', 0o600))
  try {
    db.prepare('VACUUM INTO ?').run(copy)
    return copy
  } catch (error) {
    rmSync(copy, { force: true })
    throw error
  }
}
