import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { startApiRig } from '#test/support/api-rig.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { startReceiver, type ReceiverScript } from '#test/support/receiver.ts'

const FINAL = new Set(['succeeded', 'failed', 'canceled', 'simulated'])

export type Fields = Record<string, unknown>

/** A delivering engine on SQLite behind its API, and a receiver. */
export async function startConfigurationRig(script?: ReceiverScript) {
  const directory = mkdtempSync(join(tmpdir(), 'hookloop-configuration-'))
  const log = createFakeLog()
  const store = openSqliteStore({ path: join(directory, 'hookloop.db'), log })
  const rig = await startApiRig({ parts: { store, log } })
  const receiver = await startReceiver(script ? { script } : {})
  await rig.engine.start()
  onTestFinished(async () => {
    await rig.stop()
    await receiver.close()
    rmSync(directory, { recursive: true })
  })
  /** Every answer of the API, as it stood on the wire. */
  const answers: string[] = []

  async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Fields }> {
    const response = await rig.call(method, path, body)
    const text = await response.text()
    answers.push(text, JSON.stringify([...response.headers]))
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Fields) }
  }

  async function create(fields: Fields = {}): Promise<Fields> {
    const { status, body } = await call('POST', '/endpoints', {
      name: 'App',
      url: `${receiver.url}/hook`,
      eventTypes: ['*'],
      policy: 'once',
      ...fields,
    })
    if (status !== 201) throw new Error(JSON.stringify(body))
    return body
  }

  /** The deliveries of an event once each is in one of these states. */
  async function reached(eventId: unknown, states: ReadonlySet<string>): Promise<Fields[]> {
    for (;;) {
      const changed = Promise.withResolvers<void>()
      const end = rig.engine.changes.subscribe(({ type }) => type === 'delivery.changed' && changed.resolve())
      const { body } = await call('GET', `/deliveries?eventId=${String(eventId)}`)
      const items = body['items'] as Fields[]
      if (items.every(({ state }) => states.has(String(state)))) {
        end()
        return items
      }
      await changed.promise
      end()
    }
  }

  /** The deliveries of an event once each has come to its end. */
  const settled = (eventId: unknown): Promise<Fields[]> => reached(eventId, FINAL)

  async function send(data: unknown, more: Fields = {}): Promise<Fields[]> {
    const content = typeof data === 'string' ? { bodyBase64: btoa(data), contentType: 'text/plain' } : { data }
    const { body } = await call('POST', '/events', { type: 'order.paid', ...content, ...more })
    return settled(body['id'])
  }

  return {
    ...rig,
    log,
    receiver,
    answers,
    json: call,
    create,
    reached,
    settled,
    send,
    attempts: async (delivery: Fields) =>
      (await call('GET', `/deliveries/${String(delivery['id'])}/attempts`)).body['items'] as Fields[],
    /** Every byte of the data directory: database, write-ahead log and what stands beside them. */
    storedBytes: () => Buffer.concat(readdirSync(directory).map((name) => readFileSync(join(directory, name)))),
  }
}
