import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'

let rig: ApiRig

beforeAll(async () => {
  rig = await startApiRig()
})
afterAll(() => rig.stop())

type Fields = Record<string, unknown>

async function ask<T = Fields>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> {
  const response = await rig.call(method, path, body)
  return { status: response.status, body: (await response.json()) as T }
}

async function compose(type: string): Promise<string> {
  return (await ask<{ id: string }>('POST', '/events', { type, data: { n: 1 } })).body.id
}

const typesLeft = async () =>
  (await ask<{ items: { type: string }[] }>('GET', '/events')).body.items.map(({ type }) => type)

it('events are marked, deleted by name and cleared by filter over HTTP', async () => {
  const ids = [await compose('order.paid'), await compose('order.paid'), await compose('order.sent')]
  const refused = await ask('POST', '/events/mark', { read: true })
  expect(refused).toMatchObject({ status: 400, body: { error: { field: 'eventIds' } } })
  expect((await ask('POST', '/events/mark', { eventIds: [ids[0]], read: true })).body).toEqual({ marked: 1 })
  expect((await ask('GET', `/events/${ids[0]}`)).body).toMatchObject({ isRead: true })
  expect((await ask('GET', '/status')).body).toMatchObject({ unread: 2 })
  expect((await ask('POST', '/events/mark', { filter: '', read: true })).body).toEqual({ marked: 2 })
  expect((await ask('POST', '/events/delete', { eventIds: [ids[0], 'evt_none'] })).body).toEqual({
    deleted: 1,
    kept: 0,
  })
  expect(await typesLeft()).toEqual(['order.sent', 'order.paid'])

  expect((await ask('GET', '/events/clear')).body).toEqual({ clear: null })
  const begun = await ask('POST', '/events/clear', { filter: 'type:order.paid' })
  expect(begun).toMatchObject({ status: 202, body: { total: 1 } })
  await expect.poll(async () => (await ask<{ clear: Fields }>('GET', '/events/clear')).body.clear['state']).toBe('done')
  expect(await typesLeft()).toEqual(['order.sent'])
  expect((await ask('POST', '/events/clear', { filter: 'since:never' })).status).toBe(400)
})

it('RPL-2 tells over HTTP where a draft would go, composes it with its headers, and replays it edited', async () => {
  await ask('POST', '/endpoints', {
    name: 'receiver',
    url: 'http://127.0.0.1:9/',
    eventTypes: ['order.*'],
    enabled: false,
  })
  const takers = await ask<{ items: Fields[] }>('POST', '/events/takers', { type: 'order.paid' })
  expect(takers.body.items).toMatchObject([{ name: 'receiver', isPaused: true }])
  const composed = await ask<{ id: string; headers: unknown }>('POST', '/events', {
    type: 'order.paid',
    data: { total: 1 },
    headers: [['X-Shop', 'one']],
  })
  expect(composed.body.headers).toEqual([
    ['Content-Type', 'application/json'],
    ['X-Shop', 'one'],
  ])
  const edit = { bodyBase64: Buffer.from('{"total":2}').toString('base64') }
  const replay = await ask<{ editedEventId: string }>('POST', '/replays', { eventIds: [composed.body.id], edit })
  expect(replay.status).toBe(202)
  const edited = await ask(`GET`, `/events/${replay.body.editedEventId}`)
  expect(edited.body).toMatchObject({
    editedFrom: composed.body.id,
    type: 'order.paid',
    headers: composed.body.headers,
  })
})
