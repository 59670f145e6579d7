import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIdleEngine, type IdleEngine } from './idle-engine.ts'

let idle: IdleEngine
beforeEach(async () => {
  idle = await createIdleEngine()
})
afterEach(() => idle.stop())

describe('composed events', () => {
  it('EN19 a used idempotency key answers with the first event and makes no second delivery', async () => {
    await idle.create('all', ['*'])
    const first = await idle.compose('audit.completed', '{"a":1}', 'key-1')
    const again = await Promise.all(
      Array.from({ length: 20 }, () => idle.compose('audit.completed', '{"a":1}', 'key-1')),
    )
    expect(new Set(again.map(({ event }) => event.id))).toEqual(new Set([first.event.id]))
    expect(await idle.deliveriesOf(first.event.id)).toHaveLength(1)
  })

  it('EN19 refuses a used idempotency key with other content', async () => {
    await idle.compose('audit.completed', '{"a":1}', 'key-1')
    await expect(idle.compose('audit.completed', '{"a":2}', 'key-1')).rejects.toMatchObject({
      code: 'idempotency_mismatch',
      field: 'idempotencyKey',
    })
  })

  it('keeps the bytes of the body as they were given', async () => {
    const { event } = await idle.compose('audit.completed', '{ "n": 1.0 }')
    expect(new TextDecoder().decode(await idle.engine.events.body(event))).toBe('{ "n": 1.0 }')
  })

  it('finds no event of another project', async () => {
    const other = await idle.engine.projects.create({ name: 'Other', slug: 'other' })
    const { event } = await idle.compose('audit.completed')
    await expect(idle.engine.events.get(other.id, event.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(idle.engine.events.get(idle.project.id, 'evt_nonsense')).rejects.toMatchObject({ code: 'not_found' })
  })
})
