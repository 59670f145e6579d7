import type { AuditHead, AuditIntent, AuditRow, AuditStore } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'
import { ROW_COLUMNS } from './list-entries.ts'

const INTEND = `INSERT INTO audit_intents (draft) VALUES (?)`
const INTENTS = `SELECT key, draft FROM audit_intents ORDER BY key`
const FORGET = `DELETE FROM audit_intents WHERE key = ?`

const ADD = `
  INSERT INTO audit_entries (number, at, actor_name, actor_kind, key_id, address, project_id, action, target_id,
    target_name, outcome, code, detail, previous_hash, hash)
  VALUES (@number, @at, @actorName, @actorKind, @keyId, @address, @projectId, @action, @targetId,
    @targetName, @outcome, @code, @detail, @previousHash, @hash)`

const HEAD = `SELECT number, hash FROM audit_entries ORDER BY number DESC LIMIT 1`
export const COUNTED = `SELECT seq FROM sqlite_sequence WHERE name = 'audit_entries'`
export const AFTER = `SELECT ${ROW_COLUMNS} FROM audit_entries WHERE number > ? ORDER BY number LIMIT ?`

export function createAuditStore({ db, read, readApart, write }: Connection): AuditStore {
  const intend = db.prepare<[string]>(INTEND)
  const intents = db.prepare<[], AuditIntent>(INTENTS)
  const forget = db.prepare<[number]>(FORGET)
  const add = db.prepare<AuditRow>(ADD)
  const head = db.prepare<[], AuditHead>(HEAD)
  const counted = db.prepare<[], number>(COUNTED).pluck()
  const after = db.prepare<[number, number], AuditRow>(AFTER)
  const unflushed = { flushed: false }

  return {
    intend: (draft) => write(() => Number(intend.run(draft).lastInsertRowid), unflushed),
    intents: () => read(() => intents.all()),
    forget: (key) => write(() => void forget.run(key), unflushed),
    append: ({ link, settles }) =>
      write(() => {
        const row = link(head.get() ?? null)
        add.run(row)
        if (settles !== null) forget.run(settles)
        return row
      }),
    head: () => read(() => head.get() ?? null),
    counted: () => read(() => counted.get() ?? null),
    list: (query) => readApart('auditEntries', query),
    after: (number, limit) => read(() => after.all(number, limit)),
  }
}
