import { expect, it, onTestFinished } from 'vitest'
import type { EventDetail, EventSchemaView } from '#shared/contract/events.ts'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'

const SCHEMA = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } }

async function start(
  store = createMemoryStore(),
): Promise<ApiRig & { json<T>(...call: Parameters<ApiRig['call']>): Promise<T> }> {
  const rig = await startApiRig({ parts: { store } })
  await rig.engine.start()
  onTestFinished(() => rig.stop())
  return {
    ...rig,
    json: async <T>(...call: Parameters<ApiRig['call']>) => (await (await rig.call(...call)).json()) as T,
  }
}

type Rig = Awaited<ReturnType<typeof start>>

const compose = async (rig: Rig, data: unknown, type = 'order.paid') =>
  (await rig.json<EventDetail>('POST', '/events', { type, data })).id
const drifts = async (rig: Rig) => {
  const { items } = await rig.json<{ items: EventDetail[] }>('GET', '/events')
  return items.map(({ drift }) => drift)
}
const addType = (rig: Rig, schema: object = SCHEMA) =>
  rig.json<{ id: string }>('POST', '/event-types', { name: 'order.paid', schema, sample: { id: 'a' } })

it('RPL-8 an event that no longer fits its type’s schema is marked soon after it came, and says what changed', async () => {
  const rig = await start()
  await addType(rig)
  const told: unknown[] = []
  rig.engine.changes.subscribe((change) => change.type === 'event.drifted' && told.push(change.drift))
  await compose(rig, { id: 'fits' })
  const id = await compose(rig, { id: 7, more: true })
  await compose(rig, { other: true }, 'order.other')
  await expect.poll(() => drifts(rig)).toEqual([0, 1, 0])
  expect(told).toEqual([1])
  expect(await rig.json<EventDetail>('GET', `/events/${id}`)).toMatchObject({ drift: 1 })
  expect(await rig.json<EventSchemaView>('GET', `/events/${id}/schema`)).toMatchObject({
    type: { name: 'order.paid', builtIn: false, inferred: false },
    schema: SCHEMA,
    findings: [
      { kind: 'type', path: '$.id', breaks: true },
      { kind: 'new', path: '$.more', breaks: false },
    ],
    reason: null,
  })
})

it('RPL-8 a schema that is saved anew takes the mark away, and marks what no longer fits', async () => {
  const rig = await start()
  const { id } = await addType(rig)
  await compose(rig, { id: 7 })
  await expect.poll(() => drifts(rig)).toEqual([1])
  await compose(rig, { id: 'text' })
  const schema = { ...SCHEMA, properties: { id: { type: 'number' } } }
  await rig.json('PATCH', `/event-types/${id}`, { schema, sample: { id: 1 } })
  await expect.poll(() => drifts(rig)).toEqual([1, 0])
})

it('RPL-8 what came while nothing ran is judged at the next start, and nothing before the first', async () => {
  const store = createMemoryStore()
  const first = await start(store)
  await addType(first)
  await compose(first, { id: 1 })
  await expect.poll(() => drifts(first)).toEqual([1])
  await compose(first, { id: 2 })
  await first.engine.stop(0)
  const next = await start(store)
  await expect.poll(() => drifts(next)).toEqual([1, 1])
})

it('RPL-8 says why an event cannot be judged', async () => {
  const rig = await start()
  await addType(rig)
  const reason = async (id: string) => (await rig.json<EventSchemaView>('GET', `/events/${id}/schema`)).reason
  expect(await reason(await compose(rig, {}, 'unknown.type'))).toBe('no_type')
  const text = { type: 'order.paid', bodyBase64: Buffer.from('no JSON').toString('base64') }
  expect(await reason((await rig.json<EventDetail>('POST', '/events', text)).id)).toBe('not_json')
  expect(await reason(await compose(rig, { id: 'x'.repeat(300_000) }))).toBe('too_large')
})

it('RPL-5 the schema and the types of captured events are read off the newest of them', async () => {
  const rig = await start()
  await compose(rig, { id: 1 })
  await compose(rig, { id: 2, note: 'a' })
  const text = { type: 'order.paid', bodyBase64: Buffer.from('no JSON').toString('base64') }
  await rig.json('POST', '/events', text)
  expect(await rig.json('GET', '/event-types/infer?type=order.paid')).toMatchObject({
    schema: { properties: { id: { type: 'integer' }, note: { type: 'string' } }, required: ['id'] },
    typescript: 'export interface OrderPaid {\n  id: number\n  note?: string\n}\n',
    samples: 2,
    leftOut: 1,
    newest: { id: 2, note: 'a' },
  })
  expect(await rig.json('GET', '/event-types/infer?type=none')).toMatchObject({ samples: 0, newest: null })
})
