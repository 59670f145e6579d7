import { describe, expect, it } from 'vitest'
import { EventType } from '#shared/model/event.ts'
import { eventTypeOf } from '#main/engine/catalog/event-type.ts'
import { providers } from '#main/providers/index.ts'

describe('The type of a captured event', () => {
  it.each([
    ['push', 'push'],
    ['repo:push', 'repo:push'],
    ['PAYMENT.CAPTURE.COMPLETED', 'PAYMENT.CAPTURE.COMPLETED'],
    ['Push Hook', 'Push_Hook'],
    ['a\r\nb\u0000c', 'a_b_c'],
    ['../../x', 'x'],
    ['übung', '_bung'],
    ['', 'request'],
    ['...', 'request'],
    ['x'.repeat(201), 'request'],
    [null, 'request'],
  ])('CAP-6 of a sender’s name %j is %s', (name, type) => {
    expect(eventTypeOf(name)).toBe(type)
  })

  it('CAP-6 can be made of the name of every event type that a provider sends', () => {
    for (const { name } of providers.flatMap(({ eventTypes }) => eventTypes)) {
      expect(EventType.safeParse(eventTypeOf(name)).success).toBe(true)
      expect(eventTypeOf(name)).not.toBe('request')
    }
  })
})
