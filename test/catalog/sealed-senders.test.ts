import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { startApiRig } from '#test/support/api-rig.ts'
import { silentLog } from '#test/support/silent-log.ts'

it('SEC-3 PRV-3 keeps the secret of a triggered delivery sealed: no file of the database holds it', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'hookloop-senders-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const store = openSqliteStore({ path: join(directory, 'hookloop.db'), log: silentLog })
  const rig = await startApiRig({ parts: { store } })
  onTestFinished(() => rig.stop())
  const secret = 'plain-text-that-must-not-lie-there'
  const order = { provider: 'github', type: 'push', url: 'http://127.0.0.1:9/marker-of-the-address', secret }
  expect((await rig.call('POST', '/trigger', order)).status).toBe(202)
  const written = readdirSync(directory).map((name) => readFileSync(join(directory, name)))
  expect(written.some((bytes) => bytes.includes('marker-of-the-address'))).toBe(true)
  expect(written.some((bytes) => bytes.includes(secret))).toBe(false)
})
