import { describe, expect, it } from 'vitest'
import { type Composition, composeMessage } from '#main/engine/catalog/trigger/compose-message.ts'
import { renewId } from '#main/engine/catalog/trigger/renew-id.ts'
import { providerOf } from '#test/providers/signed-request.ts'
import { createSeededRandom } from '#test/support/fake-random.ts'

const random = createSeededRandom(3)
const NOW = 1_795_165_924_321

function compose(providerId: string, change: Partial<Composition> = {}) {
  const provider = change.provider ?? providerOf(providerId)
  const [type] = provider.eventTypes
  const composition = { provider, type: type!.name, sample: type!.sample, data: undefined, encoding: 'raw' as const }
  const message = composeMessage({ ...composition, ...change }, { nowMs: NOW, messageId: 'evt_1', random })
  const text = new TextDecoder().decode(message.body)
  return { ...message, text, sample: composition.sample as Record<string, never> }
}

describe('a triggered message', () => {
  it('PRV-3 is the sample with a fresh message id, which looks as the sender’s own do', () => {
    const { text, contentType, sample } = compose('stripe')
    const sent = JSON.parse(text) as Record<string, unknown>
    expect(contentType).toBe('application/json')
    expect(sent['id']).toMatch(/^evt_[0-9A-Za-z]{24}$/)
    expect(sent['id']).not.toBe(sample['id'])
    expect({ ...sent, id: sample['id'] }).toEqual(sample)
    const [hubspot] = JSON.parse(compose('hubspot').text) as { eventId: number }[]
    expect(String(hubspot?.eventId)).toMatch(/^[1-9]\d{9}$/)
  })

  it('PRV-3 leaves the catalog’s sample as it is', () => {
    const before = structuredClone(providerOf('stripe').eventTypes)
    compose('stripe')
    expect(providerOf('stripe').eventTypes).toEqual(before)
  })

  it('PRV-3 carries the time of now where its signature is judged by a time in the body, in given data too', () => {
    expect(JSON.parse(compose('linear').text)).toMatchObject({ webhookTimestamp: NOW })
    expect(JSON.parse(compose('linear', { data: { action: 'x', webhookTimestamp: 1 } }).text)).toEqual({
      action: 'x',
      webhookTimestamp: NOW,
    })
  })

  it('PRV-3 is given data as it is, its message id kept', () => {
    expect(compose('stripe', { data: { id: 'evt_mine', total: 1 } }).text).toBe('{"id":"evt_mine","total":1}')
    for (const data of [null, 0, '', false]) expect(compose('stripe', { data }).text).toBe(JSON.stringify(data))
  })

  it('PRV-3 is a form for senders that send forms', () => {
    const { text, contentType } = compose('twilio', {
      data: { Body: 'a&b ä', NumMedia: 0, Note: null, More: { a: 1 } },
    })
    expect(contentType).toBe('application/x-www-form-urlencoded')
    expect([...new URLSearchParams(text)]).toEqual([
      ['Body', 'a&b ä'],
      ['NumMedia', '0'],
      ['Note', ''],
      ['More', '{"a":1}'],
    ])
  })

  it('APC-4 LUM-2 is stored without the envelope or form that its policy puts around it', () => {
    const whole = compose('apifycloud')
    expect(JSON.parse(whole.text)).toMatchObject({ type: 'widget_opened', data: {} })
    expect(JSON.parse(compose('apifycloud', { encoding: 'envelope' }).text)).toEqual(whole.sample['data'])
    expect(compose('apifycloud', { encoding: 'envelope', data: { call: 1 } }).text).toBe('{"call":1}')
    expect(JSON.parse(compose('lumar', { encoding: 'form' }).text)).toMatchObject({ status: 'finished' })
    expect(compose('lumar').contentType).toBe('application/x-www-form-urlencoded')
  })

  it('PRV-3 names type and id in the headers of a sender that does not sign', () => {
    const recognition = { eventType: [{ header: 'X-Event' }], messageId: [{ header: 'X-Id' }, { json: 'id' }] }
    const provider = { ...providerOf('lumar'), recognition }
    expect(compose('lumar', { provider }).headers).toEqual([
      ['X-Event', 'crawl_status'],
      ['X-Id', 'evt_1'],
    ])
    expect(compose('github').headers).toEqual([])
  })
})

describe('a renewed id', () => {
  it.each([
    ['evt_1PQx2sLkdIwHu7ix9t4KbE2f', /^evt_[1-9][A-Z]{2}[a-z]\d[a-z][A-Z]/],
    ['72d3162e-cc78-11e3-81ab-4c9367dc0958', /^[1-9][0-9a-f]{7}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/],
    ['3181526809', /^[1-9]\d{9}$/],
    ['<msg.1@mail.example>', /^<[a-z]{3}\.\d@[a-z]{4}\.[a-z]{7}>$/],
    ['', /^$/],
  ])('PRV-3 of %s looks like it and is another', (id, form) => {
    const renewed = renewId(id, random)
    expect(renewed).toMatch(form)
    expect(renewed === id).toBe(id === '')
  })
})
