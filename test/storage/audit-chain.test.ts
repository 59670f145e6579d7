import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { AuditRow, Store } from '#main/engine/ports.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { verifyAudit } from '#main/compose/data/verify-audit.ts'
import { createAudit } from '#main/engine/audit/audit.ts'
import { hashOf } from '#main/engine/audit/chain.ts'
import { SYSTEM_ACTOR } from '#main/engine/engine.ts'
import { createFakeClock } from '#test/support/fake-clock.ts'
import { silentLog } from '#test/support/silent-log.ts'
import { tempDirectory } from './temp-directory.ts'

const clock = createFakeClock()

/** Where each entry says where it came from, so that swapped ones differ. */
async function fill(store: Store, count: number): Promise<void> {
  const audit = createAudit({ store: store.audit, clock })
  const entry = (index: number) => ({ actor: SYSTEM_ACTOR, action: 'endpoint.pause', target: { id: `end_${index}` } })
  await Promise.all(Array.from({ length: count }, (_, index) => audit.record({ ...entry(index), outcome: 'done' })))
}

/** A closed database with a log of ten entries, whose guards are gone: what somebody with the file can do. */
async function tamperable(count = 10) {
  const data = tempDirectory()
  const path = join(data, 'hookloop.db')
  const store = openSqliteStore({ path, log: silentLog })
  await fill(store, count)
  const head = (await store.audit.head())!
  await store.close()
  const db = new Database(path)
  onTestFinished(() => void db.close())
  for (const guard of ['change', 'go']) db.exec(`DROP TRIGGER audit_entries_never_${guard}`)
  db.exec('DROP TRIGGER audit_entries_only_follow')
  return { db, head, verify: (expected = null as typeof head | null) => verifyAudit(data, expected) }
}

const COLUMNS = [
  ['at', 5],
  ['actor_name', "'someone'"],
  ['actor_kind', "'owner'"],
  ['key_id', "'key_1'"],
  ['address', "'10.0.0.1'"],
  ['project_id', "'prj_1'"],
  ['action', "'endpoint.delete'"],
  ['target_id', "'end_x'"],
  ['target_name', "'x'"],
  ['outcome', "'refused'"],
  ['code', "'forbidden'"],
  ['detail', `'{"changes":[],"facts":{"a":1}}'`],
  ['detail', "'no json'"],
  ['previous_hash', "'0'"],
  ['hash', "'0'"],
] as const

describe('A log that was tampered with', () => {
  it.each(COLUMNS)('DA13 is broken at the row of which %s was edited to %s', async (column, value) => {
    const { db, verify } = await tamperable()
    expect(await verify()).toMatchObject({ intact: true, checked: 10, broken: null })
    db.exec(`UPDATE audit_entries SET ${column} = ${value} WHERE number = 4`)
    const found = await verify()
    expect(found).toMatchObject({ intact: false, checked: 3, broken: { number: 4 } })
    expect(found.broken!.problem).toContain('not as it was written')
  })

  it('DA13 is broken after a row that was edited and hashed again', async () => {
    const { db, verify } = await tamperable()
    const row = db
      .prepare<[], AuditRow>(
        `SELECT number, at, actor_name AS actorName, actor_kind AS actorKind, key_id AS keyId, address,
           project_id AS projectId, action, target_id AS targetId, target_name AS targetName, outcome, code, detail,
           previous_hash AS previousHash FROM audit_entries WHERE number = 4`,
      )
      .get()!
    const hash = hashOf({ ...row, actorName: 'someone' })
    db.prepare(`UPDATE audit_entries SET actor_name = 'someone', hash = ? WHERE number = 4`).run(hash)
    const found = await verify()
    expect(found).toMatchObject({ checked: 4, broken: { number: 5 } })
    expect(found.broken!.problem).toContain('one of the two was replaced')
  })

  it.each([
    ['its first row', 'number = 1', 1],
    ['one in the middle', 'number = 6', 6],
    ['several', 'number BETWEEN 3 AND 7', 3],
  ])('DA13 is broken where %s is missing', async (_, condition, first) => {
    const { db, verify } = await tamperable()
    db.exec(`DELETE FROM audit_entries WHERE ${condition}`)
    expect(await verify()).toMatchObject({ intact: false, checked: first - 1, broken: { number: first } })
  })

  it('DA13 is broken at the first of two rows that changed places', async () => {
    const { db, verify } = await tamperable()
    db.exec(`UPDATE audit_entries SET number = 99 WHERE number = 3`)
    db.exec(`UPDATE audit_entries SET number = 3 WHERE number = 8`)
    db.exec(`UPDATE audit_entries SET number = 8 WHERE number = 99`)
    expect(await verify()).toMatchObject({ checked: 2, broken: { number: 3 } })
  })

  it('DA13 is broken at its end where the end was cut off, also where the store’s own count was cut with it', async () => {
    const { db, head, verify } = await tamperable()
    db.exec(`DELETE FROM audit_entries WHERE number > 7`)
    expect(await verify()).toMatchObject({ intact: false, checked: 7, broken: { number: 8 } })
    db.exec(`UPDATE sqlite_sequence SET seq = 7 WHERE name = 'audit_entries'`)
    expect(await verify()).toMatchObject({ intact: true, checked: 7 })
    const found = await verify(head)
    expect(found).toMatchObject({ intact: false, checked: 7, broken: { number: 8 } })
    expect(found.broken!.problem).toContain('once held 10 entries')
  })

  it('DA13 is not the log of which a head was noted where all of it was written anew', async () => {
    const { head, verify } = await tamperable()
    await clock.advance(1_000)
    const other = await tamperable()
    expect(await other.verify()).toMatchObject({ intact: true })
    expect(await verify(head)).toMatchObject({ intact: true })
    expect(await other.verify(head)).toMatchObject({ intact: false, checked: 9, broken: { number: 10 } })
  })
})

describe('A log that is whole', () => {
  it('DA13 stays whole where the clock was set back, and says so', async () => {
    const data = tempDirectory()
    const store = openSqliteStore({ path: join(data, 'hookloop.db'), log: silentLog })
    await fill(store, 3)
    clock.setWall(clock.now() - 3_600_000)
    await fill(store, 2)
    await store.close()
    const found = await verifyAudit(data, null)
    expect(found).toMatchObject({ intact: true, checked: 5, clockSetBack: { count: 1, first: 4 } })
  })

  it('SEC-5 is checked while the program runs, in slices between which others have their turn', async () => {
    const store = openSqliteStore({ path: join(tempDirectory(), 'hookloop.db'), log: silentLog })
    onTestFinished(() => store.close())
    await fill(store, 1_600)
    let turns = 0
    const after = (_: number, task: () => void) => {
      turns++
      setImmediate(task)
      return () => {}
    }
    const audit = createAudit({ store: store.audit, clock: { ...clock, after } })
    const verifying = audit.verify(null)
    await audit.record({ actor: SYSTEM_ACTOR, action: 'endpoint.pause', outcome: 'done' })
    expect(await verifying).toMatchObject({ intact: true, checked: 1_601 })
    expect(turns).toBe(3)
  })

  it('SEC-5 refuses to be changed, by whatever statement', async () => {
    const path = join(tempDirectory(), 'hookloop.db')
    const store = openSqliteStore({ path, log: silentLog })
    await fill(store, 3)
    await store.close()
    const db = new Database(path)
    onTestFinished(() => void db.close())
    const copy = `INSERT OR REPLACE INTO audit_entries SELECT * FROM audit_entries WHERE number = 2`
    for (const statement of [
      `UPDATE audit_entries SET at = 1 WHERE number = 2`,
      `DELETE FROM audit_entries`,
      `DELETE FROM audit_entries WHERE number = 3`,
      copy,
    ]) {
      expect(() => db.exec(statement)).toThrow('entries of the audit log are')
    }
    expect(db.prepare('SELECT count(*) FROM audit_entries').pluck().get()).toBe(3)
  })
})
