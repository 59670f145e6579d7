import Database from 'better-sqlite3'
import type { KindSize } from '#main/engine/ports.ts'

/** Which table counts as what; one that is not named here is `other`. */
const KINDS: Readonly<Record<string, string>> = {
  bodies: 'bodies',
  body_chunks: 'bodies',
  events: 'events',
  verdicts: 'events',
  messages: 'events',
  deliveries: 'deliveries',
  attempts: 'attempts',
  raw_answers: 'attempts',
}

const SIZES = `
  SELECT coalesce((SELECT tbl_name FROM sqlite_schema s WHERE s.name = d.name), d.name) AS name, d.pgsize AS bytes
  FROM dbstat d WHERE d.aggregate = TRUE`

/** What each kind of row takes with its indices, largest first. Reads every page of the database. */
export function measureKinds(path: string): KindSize[] {
  const db = new Database(path, { readonly: true, fileMustExist: true })
  try {
    const sizes = new Map<string, number>()
    for (const { name, bytes } of db.prepare<[], { name: string; bytes: number }>(SIZES).all()) {
      const kind = KINDS[name] ?? 'other'
      sizes.set(kind, (sizes.get(kind) ?? 0) + bytes)
    }
    return [...sizes].map(([kind, bytes]) => ({ kind, bytes })).toSorted((a, b) => b.bytes - a.bytes)
  } finally {
    db.close()
  }
}
