import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RetentionView } from '#shared/contract/storage/retention.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'

let rig: ApiRig

beforeAll(async () => {
  rig = await startApiRig()
})
afterAll(() => rig.stop())

async function ask<T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> {
  const response = await rig.call(method, path, body)
  return { status: response.status, body: (await response.json()) as T }
}

it('SEC-6 retention is set, counted beforehand and swept over HTTP, for one project', async () => {
  for (let number = 0; number < 5; number++) await ask('POST', '/events', { type: 'order.paid', data: { number } })
  const shown = await ask<RetentionView>('GET', '/retention')
  expect(shown.body).toEqual({
    rule: { ageDays: null, events: null, bytes: null, undelivered: 'keep' },
    lastSweep: null,
  })
  expect((await ask('POST', '/retention/preview', {})).body).toMatchObject({ events: 0 })
  expect((await ask('POST', '/retention/preview', { events: 2 })).body).toMatchObject({ events: 3, kept: 0 })
  expect((await ask<RetentionView>('GET', '/retention')).body.rule.events).toBeNull()
  expect((await ask<RetentionView>('PATCH', '/retention', { events: 2 })).body.rule.events).toBe(2)
  expect(await ask('POST', '/retention/sweep', {})).toMatchObject({ status: 202, body: { state: 'running' } })
  await ask('POST', '/retention/sweep/cancel', {})
  const { body } = await ask<{ items: { id: string }[] }>('GET', '/events')
  expect(body.items).toHaveLength(2)
  expect((await ask('DELETE', `/events/${body.items[0]!.id}`)).body).toMatchObject({ events: 1, attempts: 0 })
  expect((await ask('DELETE', `/events/${body.items[0]!.id}`)).status).toBe(404)
})

it('SEC-6 a rule that cannot be meant is refused with its field', async () => {
  for (const change of [{ ageDays: 0 }, { events: -1 }, { bytes: 1_000 }, { undelivered: 'drop' }, { days: 3 }]) {
    const { status, body } = await ask<{ error: { field?: string; code: string } }>('PATCH', '/retention', change)
    expect({ status, code: body.error.code }).toEqual({ status: 400, code: 'invalid_request' })
    expect(body.error.field).toBe(Object.keys(change)[0])
  }
})

it('DA09 a project is deleted over HTTP by who says its slug', async () => {
  await ask('POST', '/projects', { name: 'Shop', slug: 'shop' })
  expect(await ask('DELETE', '/projects/shop')).toMatchObject({
    status: 400,
    body: { error: { field: 'confirm', hint: 'Send {"confirm": "shop"} to mean it.' } },
  })
  const key = { name: 'CI', owner: 'Ada', scopes: ['audit:read'], project: 'shop' }
  const made = await ask<{ secret: string }>('POST', '/keys', key)
  expect(made.status).toBe(201)
  expect((await ask('DELETE', '/projects/shop', { confirm: 'shop' })).status).toBe(200)
  expect((await ask('GET', '/events?project=shop')).status).toBe(404)
  // Its keys go with it: they open nothing, and stand in the way of no list.
  expect(await ask('GET', '/keys')).toMatchObject({ status: 200, body: { items: [] } })
  expect((await ask('GET', '/credentials')).status).toBe(200)
  const answer = await rig.call('GET', '/audit', undefined, { authorization: `Bearer ${made.body.secret}` })
  expect(answer.status).toBe(401)
})
