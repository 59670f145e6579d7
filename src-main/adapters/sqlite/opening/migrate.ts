import { closeSync, openSync, rmSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { MIGRATIONS, type Migration } from '../migrations/index.ts'
import { WHOLE_SCHEMA } from '../migrations/whole-schema.ts'

/** The schema that this program works with. */
export const SCHEMA_VERSION = MIGRATIONS.length

/**
 * Brings the schema up to date in one transaction: all steps last, or none. Where nothing is yet, one script makes what
 * the first steps end in, which takes a sixth of the time. Answers the steps that were taken, or made needless so.
 */
export function migrate(db: Database): readonly Migration[] {
  const current = db.pragma('user_version', { simple: true }) as number
  const steps = MIGRATIONS.slice(current)
  if (steps.length === 0) return steps
  db.transaction(() => {
    const isEmpty = current === 0
    if (isEmpty) db.exec(WHOLE_SCHEMA.statements.join(';\n'))
    for (const step of MIGRATIONS.slice(isEmpty ? WHOLE_SCHEMA.version : current)) db.exec(step.sql)
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
