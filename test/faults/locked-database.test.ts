import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { startMisbehavingReceiver } from '#test/support/misbehaving-receiver/receiver.ts'
import { startRelay } from '#test/support/relay-process.ts'
import { account } from './accounting.ts'
import { NOTHING_WRONG } from './crash-rig.ts'
import { postTo } from './load.ts'
import { databaseIn, readBooks } from './read-books.ts'
import { settled } from './settled.ts'

// Several relays start and end in each test, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 })

const HOLD = fileURLToPath(new URL('hold-database.ts', import.meta.url))

function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), 'hookloop-locked-'))
  onTestFinished(() => {
    for (const path of [directory, `${directory}.key`]) rmSync(path, { recursive: true, force: true })
  })
  return directory
}

/** Another program that has the database's write lock until it is let go. */
async function hold(directory: string): Promise<{ letGo(): Promise<void> }> {
  const child = spawn(process.execPath, [HOLD, databaseIn(directory)], { stdio: ['pipe', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  await once(child.stdout, 'data')
  return {
    async letGo() {
      child.stdin.end()
      await exited
    },
  }
}

describe('A database that another program holds', () => {
  it('EN10 makes captures wait while everything else goes on, and loses nothing', async () => {
    const directory = scratch()
    const receiver = await startMisbehavingReceiver()
    const relay = await startRelay(directory)
    const endpoint = { name: 'locked', url: receiver.url, eventTypes: ['*'] }
    const { id } = await relay.call<{ id: string }>('POST', '/endpoints', endpoint)

    const lock = await hold(directory)
    let answered = 0
    const sending = Array.from({ length: 10 }, async (_, index) => {
      const sent = await postTo(`${relay.ready.capture}/inbox`, `while it is held ${index}`)
      answered += 1
      return sent
    })
    for (let reads = 0; reads < 20; reads++) await relay.call('GET', '/status')
    expect(answered, 'none is answered before it is stored').toBe(0)
    await lock.letGo()
    const acknowledged = (await Promise.all(sending)).filter((sent) => sent !== null)
    expect(acknowledged).toHaveLength(10)

    await settled(relay)
    expect(await relay.stop()).toBe(0)
    await receiver.close()
    const books = readBooks(directory)
    const found = account({ acknowledged, endpointIds: [id], books, receipts: receiver.receipts })
    expect(found).toMatchObject({ ...NOTHING_WRONG, received: 10 })
  })

  it('EN10 refuses a second instance on the same data, and leaves the first alone', async () => {
    const directory = scratch()
    const relay = await startRelay(directory)
    await expect(startRelay(directory)).rejects.toThrow(/is in use by Hookloop \S+ \(process \d+, http:.*\n.*--data/)
    expect(await postTo(`${relay.ready.capture}/inbox`, 'still here')).not.toBeNull()
    expect(await relay.stop()).toBe(0)
  })
})
