import { statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { createWorld } from '#test/conformance/store/world.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { tempDirectory } from './temp-directory.ts'

const LIMIT_BYTES = 16 * 1024 * 1024
const BODY_BYTES = 512 * 1024

describe('The write-ahead log', () => {
  it('EN15 shrinks to its limit once an endless reader lets go, and checkpoints go on', async () => {
    const path = join(tempDirectory(), 'hookloop.db')
    const store = openSqliteStore({ path, log: createFakeLog() })
    const { addEvent } = await createWorld(store)
    let serial = 0
    const write = (events: number) =>
      Promise.all(
        Array.from({ length: events }, () => addEvent({ body: new Uint8Array(BODY_BYTES).fill((serial += 1)) })),
      )
    const walBytes = () => statSync(`${path}-wal`).size
    await write(1)

    const reader = new Database(path, { readonly: true })
    const rows = reader.prepare('SELECT id FROM events').iterate()
    rows.next()
    for (let round = 0; round < 10; round++) await write(6)
    expect(walBytes()).toBeGreaterThan(LIMIT_BYTES)
    rows.return!()
    reader.close()

    await write(1)
    await write(1)
    expect(walBytes()).toBeLessThanOrEqual(LIMIT_BYTES)
    expect(statSync(path).size).toBeGreaterThan(60 * BODY_BYTES)
    await store.close()
  })

  it('EN15 stays within bounds while nobody holds it back', async () => {
    const path = join(tempDirectory(), 'hookloop.db')
    const store = openSqliteStore({ path, log: createFakeLog() })
    const { addEvent } = await createWorld(store)
    let highest = 0
    for (let serial = 0; serial < 120; serial++) {
      await addEvent({ body: new Uint8Array(BODY_BYTES).fill(serial) })
      highest = Math.max(highest, statSync(`${path}-wal`).size)
    }
    expect(highest).toBeLessThanOrEqual(LIMIT_BYTES)
    await store.close()
  })
})
