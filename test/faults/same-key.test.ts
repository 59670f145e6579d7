import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { startMisbehavingReceiver } from '#test/support/misbehaving-receiver/receiver.ts'
import { startRelay } from '#test/support/relay-process.ts'
import { readBooks } from './read-books.ts'
import { settled } from './settled.ts'

// Several relays start and end in each test, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 })

const TIMES = 100

it('EN19 makes one event and one delivery of the same order placed a hundred times at once by two clients', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'hookloop-key-'))
  onTestFinished(() => {
    for (const path of [directory, `${directory}.key`]) rmSync(path, { recursive: true, force: true })
  })
  const receiver = await startMisbehavingReceiver()
  const relay = await startRelay(directory)
  const endpoint = { name: 'once', url: receiver.url, eventTypes: ['*'] }
  await relay.call('POST', '/endpoints', endpoint)

  const place = (client: string, data: object) =>
    fetch(`${relay.ready.api}/events`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${relay.ready.token}`,
        'content-type': 'application/json',
        'user-agent': client,
      },
      body: JSON.stringify({ type: 'order.placed', data, idempotencyKey: 'order-1' }),
    })
  const answers = await Promise.all(
    Array.from({ length: TIMES }, (_, index) => place(index % 2 === 0 ? 'one' : 'two', { total: 5 })),
  )
  const ids = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { id: string }).id))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
  expect(new Set(ids).size).toBe(1)

  const other = await place('one', { total: 6 })
  expect(other.status).toBe(409)
  expect(await other.json()).toMatchObject({ error: { code: 'idempotency_mismatch', field: 'idempotencyKey' } })

  await settled(relay)
  expect(await relay.stop()).toBe(0)
  await receiver.close()
  const books = readBooks(directory)
  expect(books.events.map(({ id }) => id)).toEqual([ids[0]])
  expect(books.deliveries).toMatchObject([{ eventId: ids[0], state: 'succeeded' }])
  expect(receiver.receipts.map(({ eventId }) => eventId)).toEqual([ids[0]])
})
