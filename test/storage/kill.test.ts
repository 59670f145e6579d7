import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '#main/adapters/sqlite/opening/open-database.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { EventId } from '#shared/model/ids.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { tempDirectory } from './temp-directory.ts'

const APPEND_EVENTS = fileURLToPath(new URL('append-events.ts', import.meta.url))
const log = createFakeLog()

/** Lets another process store events and kills it after `count` acknowledgements; answers those that it gave. */
async function acknowledgedBeforeKill(path: string, count: number): Promise<string[]> {
  const child = spawn(process.execPath, [APPEND_EVENTS, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const acknowledged: string[] = []
  for await (const line of createInterface(child.stdout)) {
    // The kill may cut the last one.
    if (/ [0-9a-f]{64}$/.test(line)) acknowledged.push(line)
    if (acknowledged.length === count) child.kill('SIGKILL')
  }
  await exited
  return acknowledged
}

describe('A killed process', () => {
  it('CAP-2 leaves every acknowledged event in the database, and the database whole', async () => {
    const path = join(tempDirectory(), 'hookloop.db')
    const acknowledged = await acknowledgedBeforeKill(path, 300)
    expect(acknowledged.length).toBeGreaterThanOrEqual(300)

    const store = openSqliteStore({ path, log })
    for (const line of acknowledged) {
      const [id, sha256] = line.split(' ')
      const body = await store.events.body(EventId.parse(id))
      expect(createHash('sha256').update(body!).digest('hex')).toBe(sha256)
    }
    await store.close()
    const db = openDatabase({ path, log })
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(db.pragma('foreign_key_check')).toEqual([])
    db.close()
  })
})
