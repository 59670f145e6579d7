import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeAll, expect, it } from 'vitest'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { buildIfStale } from '#main/cli/build.ts'
import { createAudit } from '#main/engine/audit/audit.ts'
import { SYSTEM_ACTOR } from '#main/engine/engine.ts'
import { createFakeClock } from '#test/support/fake-clock.ts'
import { silentLog } from '#test/support/silent-log.ts'
import { runBin, scratchFolder } from './bin.ts'

beforeAll(buildIfStale, 120_000)

it('DA13 the command line checks the audit log of a directory, names its head, and tells the first bad row', async () => {
  const home = scratchFolder()
  const data = join(home, 'data')
  const path = join(data, 'hookloop.db')
  const store = openSqliteStore({ path, log: silentLog })
  const audit = createAudit({ store: store.audit, clock: createFakeClock() })
  for (const action of ['a.b', 'c.d', 'e.f']) await audit.record({ actor: SYSTEM_ACTOR, action, outcome: 'done' })
  const { hash } = (await store.audit.head())!
  await store.close()
  const verify = (...more: string[]) => runBin(['audit', 'verify', '--data', data, ...more], home)

  const whole = await verify('--expect-head', `3:${hash}`)
  expect(whole).toMatchObject({ code: 0, stderr: '' })
  expect(whole.stdout).toBe(`The audit log is whole: 3 entries.\nHead 3:${hash}\n`)

  const db = new Database(path)
  db.exec(`DROP TRIGGER audit_entries_never_change; UPDATE audit_entries SET actor_name = 'x' WHERE number = 2`)
  db.close()
  const broken = await verify()
  expect(broken.code).toBe(1)
  expect(broken.stdout).toContain('Audit broken at row 2.')
  expect(JSON.parse((await verify('--json')).stdout)).toMatchObject({ intact: false, broken: { number: 2 } })
  expect(await verify('--expect-head', 'x')).toMatchObject({ code: 2, stdout: '' })
  const nowhere = await runBin(['audit', 'verify', '--data', join(home, 'none')], home)
  expect(nowhere).toMatchObject({ code: 1, stdout: '' })
  expect(nowhere.stderr).toContain('There is no database at')
})
