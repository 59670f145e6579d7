import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EventTypeView } from '#shared/contract/catalog/event-types.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'

const ORDER = {
  provider: 'stripe',
  name: 'order.created',
  description: 'An order came.',
  schema: { type: 'object', properties: { total: { type: 'number' } }, required: ['total'] },
  sample: { total: 49 },
}

describe('own event types', () => {
  let rig: ApiRig
  beforeEach(async () => {
    rig = await startApiRig()
  })
  afterEach(() => rig.stop())

  async function ask(method: string, path: string, input?: unknown) {
    const response = await rig.call(method, path, input)
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const listed = async (query = '') => (await ask('GET', `/event-types${query}`)).body['items'] as EventTypeView[]

  it('PRV-7 stand beside those that ship, which have schemas too and are read-only', async () => {
    const { status, body } = await ask('POST', '/event-types', ORDER)
    expect({ status, body }).toMatchObject({ status: 201, body: { ...ORDER, builtIn: false, inferred: false } })
    const items = await listed('?provider=stripe')
    expect(items.at(-1)).toEqual(body)
    const shipped = items.find(({ name }) => name === 'invoice.payment_failed')!
    expect(shipped).toMatchObject({
      id: 'stripe/invoice.payment_failed',
      builtIn: true,
      inferred: true,
      schema: { type: 'object', properties: { livemode: { type: 'boolean' } } },
    })
    for (const [method, change] of [['PATCH', { description: 'x' }], ['DELETE']] as const) {
      expect(await ask(method, `/event-types/${encodeURIComponent(shipped.id)}`, change)).toMatchObject({
        status: 409,
        body: { error: { code: 'read_only' } },
      })
    }
    expect((await listed()).length).toBeGreaterThan(100)
  })

  it('PRV-7 read their schema off the sample where none is given', async () => {
    const { schema: _schema, ...bare } = ORDER
    const { body } = await ask('POST', '/event-types', bare)
    expect(body).toMatchObject({ inferred: true, schema: { properties: { total: { type: 'number' } } } })
    const changed = await ask('PATCH', `/event-types/${String(body['id'])}`, { sample: { total: 'free' } })
    expect(changed.body).toMatchObject({ inferred: true, schema: { properties: { total: { type: 'string' } } } })
  })

  it('PRV-7 are refused where the sample does not fit, the schema points elsewhere, or the name is taken', async () => {
    const bad: [object, string][] = [
      [{ sample: { total: 'free' } }, 'sample.total'],
      [{ sample: {} }, 'sample'],
      [{ schema: { type: 'thing' } }, 'schema.type'],
      [{ schema: { $ref: 'https://schemas.example/a.json' } }, 'schema.$ref'],
      [{ name: 'a b' }, 'name'],
    ]
    for (const [change, field] of bad) {
      expect(await ask('POST', '/event-types', { ...ORDER, ...change })).toMatchObject({
        status: 400,
        body: { error: { code: 'invalid_request', field } },
      })
    }
    expect(await ask('POST', '/event-types', { ...ORDER, provider: 'nobody' })).toMatchObject({ status: 404 })
    await ask('POST', '/event-types', ORDER)
    for (const name of [ORDER.name, 'invoice.payment_failed']) {
      expect(await ask('POST', '/event-types', { ...ORDER, name })).toMatchObject({
        status: 409,
        body: { error: { code: 'slug_taken', field: 'name' } },
      })
    }
  })

  it('PRV-7 change and go; a change that does not fit leaves them as they were', async () => {
    const { body: created } = await ask('POST', '/event-types', ORDER)
    const path = `/event-types/${String(created['id'])}`
    expect(await ask('PATCH', path, { sample: { total: 'x' } })).toMatchObject({ status: 400 })
    expect((await listed('?provider=stripe')).at(-1)).toEqual(created)
    const loose = { schema: { type: 'object' }, sample: { total: 'x' }, description: 'Changed.' }
    expect((await ask('PATCH', path, loose)).body).toMatchObject(loose)
    expect(await ask('DELETE', path)).toMatchObject({ status: 200 })
    expect((await listed('?provider=stripe')).some(({ name }) => name === ORDER.name)).toBe(false)
    expect(await ask('DELETE', path)).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } })
  })

  it('PRV-7 belong to their project', async () => {
    await ask('POST', '/projects', { name: 'Other', slug: 'other' })
    const { body } = await ask('POST', '/event-types', ORDER)
    expect((await listed('?provider=stripe&project=other')).some(({ name }) => name === ORDER.name)).toBe(false)
    expect((await ask('DELETE', `/event-types/${String(body['id'])}?project=other`)).status).toBe(404)
  })

  it('PRV-7 can be checked without being stored', async () => {
    const { body } = await ask('POST', '/event-types/check', { schema: ORDER.schema, sample: { total: 'x' } })
    expect(body).toEqual({ problems: [{ in: 'sample', path: ['total'], message: 'must be number' }] })
    expect((await ask('POST', '/event-types/check', { sample: { any: 1 } })).body).toEqual({ problems: [] })
  })
})
