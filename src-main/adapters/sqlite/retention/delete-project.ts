import type { Database } from 'better-sqlite3'
import type { ProjectId } from '#shared/model/ids.ts'

interface Step {
  projectId: ProjectId
  now: number
}

const OF_PROJECT = `project_key = (SELECT key FROM projects WHERE id = @projectId)`

const CANCEL = `
  UPDATE deliveries SET state = 'canceled', due_at = NULL, updated_at = @now
  WHERE ${OF_PROJECT} AND state IN ('scheduled', 'held')`
const END_RETRIES = `
  UPDATE bulk_retries SET state = 'canceled', finished_at = @now
  WHERE ${OF_PROJECT} AND state IN ('running', 'paused')`
const END_REPLAYS = `
  UPDATE replays SET state = 'canceled', finished_at = @now
  WHERE ${OF_PROJECT} AND state IN ('running', 'paused')`
const DELETE_ENDPOINTS = `UPDATE endpoints SET deleted_at = @now WHERE ${OF_PROJECT} AND deleted_at IS NULL`
const DELETE_SOURCES = `UPDATE sources SET deleted_at = @now WHERE ${OF_PROJECT} AND deleted_at IS NULL`

/** What a deletion leaves: it tells what was done, and lasts longer than what it was done to. */
const KEPT_TABLES: ReadonlySet<string> = new Set(['audit_entries'])

/** Stops everything in a project at once. Run it inside a write. */
export function prepareAbandon(db: Database): (step: Step) => void {
  const stops = [CANCEL, END_RETRIES, END_REPLAYS, DELETE_ENDPOINTS, DELETE_SOURCES].map((sql) => db.prepare<Step>(sql))
  const forget = ['secrets', 'source_secrets', 'workflows', 'links', 'subscriptions'].map((table) =>
    db.prepare<[string]>(`DELETE FROM ${table} WHERE project_key = (SELECT key FROM projects WHERE id = ?)`),
  )
  return (step) => {
    for (const stop of stops) stop.run(step)
    for (const each of forget) each.run(step.projectId)
  }
}

/** Deletes whatever any table has of a project, and the project. Run it inside a write. */
export function prepareDeleteProject(db: Database): (projectId: ProjectId) => void {
  const find = db.prepare<[string], number>('SELECT key FROM projects WHERE id = ?').pluck()
  return (projectId) => {
    const key = find.get(projectId)
    if (key === undefined) return
    // The order among the tables does not matter then: all must fit at the commit.
    db.pragma('defer_foreign_keys = ON')
    for (const walk of ['script_steps']) {
      db.prepare(`DELETE FROM ${walk} WHERE source_key IN (SELECT key FROM sources WHERE project_key = ?)`).run(key)
    }
    for (const table of tablesOfProjects(db)) db.prepare(`DELETE FROM ${table} WHERE project_key = ?`).run(key)
    db.prepare('DELETE FROM settings WHERE scope = ?').run(projectId)
    db.prepare('DELETE FROM projects WHERE key = ?').run(key)
  }
}

/** Whatever table has rows of a project, those that a later schema brings among them. */
function tablesOfProjects(db: Database): string[] {
  const tables = db.pragma('table_list') as { name: string; type: string; schema: string }[]
  return tables
    .filter(({ name, type, schema }) => type === 'table' && schema === 'main' && !KEPT_TABLES.has(name))
    .map(({ name }) => name)
    .filter((name) => (db.pragma(`table_info(${name})`) as { name: string }[]).some((it) => it.name === 'project_key'))
}
