import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createThreadReader } from '#main/adapters/sqlite/reading/reader.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { readingThreadFile } from '#main/compose/installation.ts'
import { StoreUnavailableError } from '#main/engine/ports.ts'
import { ids, newEndpoint, NOW } from '#test/conformance/store/records.ts'
import { createWorld } from '#test/conformance/store/world.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { tempDirectory } from './temp-directory.ts'

const log = createFakeLog()

function readerOf(program: string, path: string) {
  const reader = createThreadReader({ program, path })
  onTestFinished(() => reader.close())
  return reader
}

/** A thread that answers one read with its number, and ends with the next. */
function shortLived(): string {
  const path = join(tempDirectory(), 'short-lived.mjs')
  writeFileSync(
    path,
    `import { parentPort } from 'node:worker_threads'
     let reads = 0
     parentPort.on('message', ({ id }) => (++reads > 1 ? process.exit(1) : parentPort.postMessage({ id, answer: id })))`,
  )
  return path
}

describe('reads on another thread', () => {
  it('CRL-3 DL31 see what is committed by then, and need no turn of the thread that delivers', async () => {
    const path = join(tempDirectory(), 'hookloop.db')
    const store = openSqliteStore({ path, log })
    onTestFinished(() => store.close())
    const { addEndpoint, addEvent } = await createWorld(store)
    const reader = readerOf(readingThreadFile(), path)
    const endpoint = await addEndpoint()
    const query = { endpointIds: [endpoint.id], since: NOW }
    expect(await reader.read('counts', query)).toMatchObject([{ endpointId: endpoint.id, waiting: 0 }])
    await addEvent({ to: [endpoint] })
    expect(await reader.read('counts', query)).toMatchObject([{ waiting: 1 }])
    const others = Array.from({ length: 3 }, () => newEndpoint(ids.next('prj')).id)
    const counted = await reader.read('counts', { endpointIds: others, since: NOW })
    expect(counted.map(({ waiting }) => waiting)).toEqual([0, 0, 0])
  })

  it('EN12 begin anew on a new thread where the one before ended, and say so to whoever waited', async () => {
    const reader = readerOf(shortLived(), 'unused')
    const read = () => reader.read('counts', { endpointIds: [], since: 0 })
    expect(await read()).toBe(1)
    await expect(read()).rejects.toBeInstanceOf(StoreUnavailableError)
    expect(await read()).toBe(3)
  })

  it('EN11 refuse where the database is not there, or is closed', async () => {
    const missing = readerOf(readingThreadFile(), join(tempDirectory(), 'nothing.db'))
    const query = { endpointIds: [], since: 0 }
    await expect(missing.read('counts', query)).rejects.toBeInstanceOf(StoreUnavailableError)
    await missing.close()
    await expect(missing.read('counts', query)).rejects.toThrow('closed')
  })

  it('EN24 a close waits for the read that is under way, and fails those behind it', async () => {
    const path = join(tempDirectory(), 'hookloop.db')
    await openSqliteStore({ path, log }).close()
    const reader = readerOf(readingThreadFile(), path)
    const reads = Array.from({ length: 50 }, () => reader.read('counts', { endpointIds: [], since: 0 }))
    const told = Promise.allSettled(reads)
    await reader.close()
    const failed = (await told).flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
    expect(failed.length).toBeGreaterThanOrEqual(49)
    for (const reason of failed) expect(reason).toEqual(new StoreUnavailableError('the database is closed'))
  })
})
