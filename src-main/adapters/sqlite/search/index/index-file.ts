import { closeSync, openSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { keepPlansSteady } from '../../steady-plans.ts'

/** Of what is written here and how it is split into terms. Another number makes the index anew. */
const INDEX_VERSION = 2

/** Memory for what is not written yet: the more, the fewer small pieces have to be merged later. */
const UNWRITTEN_BYTES = 8 * 1024 * 1024
const CACHE_KIB = 32 * 1024

/** What a term may consist of beside letters and digits; the tokenizer parts them at blanks alone. */
const SIGNS = Array.from({ length: 126 }, (_, index) => String.fromCharCode(index + 1))
  .filter((sign) => sign !== ' ' && !/[0-9A-Za-z]/.test(sign))
  .join('')

/**
 * `terms` keeps no text: which events have a term, and nothing else. `docs` tells which event a row is of, `event` being
 * part of its id: a key may be given again once the newest event was deleted.
 */
const SCHEMA = `
CREATE TABLE marks (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE docs (key INTEGER PRIMARY KEY, event TEXT NOT NULL) STRICT;
CREATE TABLE blocks (number INTEGER PRIMARY KEY, min_at INTEGER NOT NULL, max_at INTEGER NOT NULL) STRICT;
CREATE VIRTUAL TABLE terms USING fts5(text, content = '', contentless_delete = 1, detail = none,
  tokenize = "ascii tokenchars '${SIGNS.replaceAll("'", "''").replaceAll('"', '""')}'");
INSERT INTO terms (terms, rank) VALUES ('hashsize', ${UNWRITTEN_BYTES});
PRAGMA user_version = ${INDEX_VERSION};
`

/** Where the index of the database at `path` lies: beside it, for it is made from it and can be made anew. */
export function indexFile(path: string): string {
  return `${path}.search`
}

/** Opens the index, or makes an empty one where there is none that can be used. */
export function openIndexFile(path: string): Database.Database {
  try {
    return connect(path)
  } catch {
    removeIndexFile(path)
    closeSync(openSync(path, 'wx', 0o600))
    const db = connect(path, false)
    db.exec(`BEGIN; ${SCHEMA} COMMIT`)
    return db
  }
}

/** With all that belongs to it. */
export function removeIndexFile(path: string): void {
  for (const part of ['', '-wal', '-shm', '-journal']) rmSync(path + part, { force: true })
}

function connect(path: string, isMade = true): Database.Database {
  const db = new Database(path, { fileMustExist: true })
  try {
    db.pragma('journal_mode = WAL')
    // Nothing here is lost for good: what a power cut undoes is indexed again.
    db.pragma('synchronous = NORMAL')
    db.pragma('secure_delete = FAST')
    db.pragma('temp_store = MEMORY')
    db.pragma(`cache_size = -${CACHE_KIB}`)
    if (isMade && db.pragma('user_version', { simple: true }) !== INDEX_VERSION)
      throw new Error('made by another version')
    return keepPlansSteady(db)
  } catch (error) {
    db.close()
    throw error
  }
}
