import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createConnection } from '#main/adapters/sqlite/connection.ts'
import { APPLICATION_ID } from '#main/adapters/sqlite/opening/inspect-file.ts'
import { openDatabase } from '#main/adapters/sqlite/opening/open-database.ts'
import { createSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { startCaptureRig } from '#test/capture/capture-rig.ts'
import { startMisbehavingReceiver } from '#test/support/misbehaving-receiver/receiver.ts'
import { startReceiver } from '#test/support/receiver.ts'
import { startRelay } from '#test/support/relay-process.ts'
import { silentLog } from '#test/support/silent-log.ts'
import { account, type Acknowledged } from './accounting.ts'
import { NOTHING_WRONG } from './crash-rig.ts'
import { postTo } from './load.ts'
import { integrityOf, readBooks } from './read-books.ts'
import { settled } from './settled.ts'

function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), 'hookloop-full-'))
  onTestFinished(() => {
    for (const path of [directory, `${directory}.key`]) rmSync(path, { recursive: true, force: true })
  })
  return directory
}

/** Whether this machine lets the tests have a small disk of their own. */
function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const directory = mkdtempSync(join(tmpdir(), 'hookloop-mount-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', directory]).status === 0
  if (mounted) spawnSync('umount', [directory])
  rmSync(directory, { recursive: true })
  return mounted
}

/** A disk of its own takes the right to mount one. */
const NO_DISK = !canMount()

function smallDisk(megabytes: number): string {
  const directory = scratch()
  const mounting = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', directory])
  expect(mounting.status).toBe(0)
  onTestFinished(() => void spawnSync('umount', ['-l', directory]))
  return directory
}

/** Takes every byte that is left. */
function fillUp(directory: string): string {
  const filler = join(directory, 'filler')
  for (const block of [65_536, 4_096, 512]) {
    try {
      for (;;) writeFileSync(filler, Buffer.alloc(block), { flag: 'a' })
    } catch {
      // Full for blocks of this size.
    }
  }
  return filler
}

describe('A full disk', () => {
  it('EN09 takes no capture, keeps the end of a delivery waiting, and goes on when there is space', async () => {
    const full = Promise.withResolvers<void>()
    // Its answer is long enough to need space of its own.
    const answer = { status: 200, body: 'x'.repeat(60_000), after: full.promise }
    const receiver = await startReceiver({ script: [answer] })
    const waits = Promise.withResolvers<void>()
    const log = { ...silentLog, warn: () => waits.resolve() }
    const db = openDatabase({ path: join(scratch(), 'hookloop.db'), log })
    const store = createSqliteStore(createConnection(db, silentLog))
    const rig = await startCaptureRig({ parts: { store, log } })
    const project = rig.engine.projects.resolve('default')
    const endpoint = { name: 'full', url: receiver.url, eventTypes: ['*'] }
    await rig.engine.endpoints.create(project.id, endpoint, { name: 'test' })
    await rig.engine.start()
    expect((await fetch(`${rig.url}/inbox`, { method: 'POST', body: 'kept' })).status).toBe(200)
    await receiver.waitFor(1)

    db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true }) as number}`)
    const refused = await fetch(`${rig.url}/inbox`, { method: 'POST', body: 'x'.repeat(20_000) })
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).not.toBeNull()
    expect(await rig.captured()).toHaveLength(1)
    expect((await fetch(`${rig.url}/nobody`, { method: 'POST' })).status, 'it is still there').toBe(404)
    full.resolve()
    await waits.promise
    expect(await store.deliveries.countByState(project.id)).toMatchObject({ delivering: 1, succeeded: 0 })

    const concluded = new Promise<void>((resolve) => {
      rig.engine.changes.subscribe((change) => {
        if (change.type === 'delivery.changed' && change.delivery.state === 'succeeded') resolve()
      })
    })
    db.pragma('max_page_count = 100000')
    await concluded
    expect(receiver.requests).toHaveLength(1)
    expect((await fetch(`${rig.url}/inbox`, { method: 'POST', body: 'x'.repeat(20_000) })).status).toBe(200)
    await receiver.waitFor(2)
    await rig.stop()
    await receiver.close()
  })

  it.skipIf(NO_DISK)(
    'EN09 stops and resumes a real relay on a disk that fills up, without loss (needs the right to mount)',
    { timeout: 60_000 },
    async () => {
      const directory = smallDisk(6)
      const key = scratch()
      const ledger = join(key, 'ledger')
      const receiver = await startMisbehavingReceiver({ ledger })
      const relay = await startRelay(directory, ['--key-file', join(key, 'key')])
      const endpoint = { name: 'full', url: receiver.url, eventTypes: ['*'] }
      const { id } = await relay.call<{ id: string }>('POST', '/endpoints', endpoint)
      const inbox = `${relay.ready.capture}/inbox`
      const acknowledged: Acknowledged[] = []
      const send = async (count: number) => {
        let refused = 0
        for (let index = 0; index < count; index++) {
          const sent = await postTo(inbox, `${index} ${'x'.repeat(20_000 + acknowledged.length)}`)
          if (sent) acknowledged.push(sent)
          else refused += 1
        }
        return refused
      }
      expect(await send(10)).toBe(0)
      const filler = fillUp(directory)
      expect(await send(40)).toBeGreaterThan(0)
      expect((await fetch(inbox, { method: 'POST', body: 'x'.repeat(50_000) })).status).toBe(503)
      expect((await relay.call<{ deliveries: object }>('GET', '/status')).deliveries).toBeDefined()

      rmSync(filler)
      expect(await send(5)).toBe(0)
      await settled(relay)
      expect(await relay.stop()).toBe(0)
      await receiver.close()
      const books = readBooks(directory)
      expect(integrityOf(directory)).toBe('ok')
      expect(account({ acknowledged, endpointIds: [id], books, receipts: receiver.receipts })).toMatchObject({
        ...NOTHING_WRONG,
        received: books.events.length,
      })
    },
  )

  it.skipIf(NO_DISK)(
    'EN09 leaves an older database as it is when there is no space to upgrade it (needs the right to mount)',
    () => {
      const directory = smallDisk(2)
      const path = join(directory, 'hookloop.db')
      const old = new Database(path)
      old.exec(`PRAGMA application_id = ${APPLICATION_ID}; CREATE TABLE old (text)`)
      old.exec(`INSERT INTO old VALUES ('${'kept'.repeat(50_000)}')`)
      old.close()
      const before = readFileSync(path)
      const filler = fillUp(directory)
      expect(() => openDatabase({ path, log: silentLog })).toThrow(
        expect.objectContaining({ hint: expect.stringContaining('space') }),
      )
      expect(readFileSync(path).equals(before)).toBe(true)

      rmSync(filler)
      const db = openDatabase({ path, log: silentLog })
      expect(db.prepare('SELECT length(text) FROM old').pluck().get()).toBe(200_000)
      db.close()
    },
  )
})
