import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { resolvePolicy } from '#main/engine/delivery/policies.ts'
import { recognize } from '#main/engine/catalog/recognize.ts'
import type { Place, Provider } from '#main/engine/catalog/provider.ts'
import { providers } from '#main/providers/index.ts'

const files = readdirSync(new URL('../../src-main/providers', import.meta.url))
  .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
  .map((name) => name.replace(/\.ts$/, ''))

/** What PRV-2 names, and the first of what further senders ship. */
const PROMISED =
  'standard-webhooks standard-webhooks-v1a svix github stripe slack shopify twilio square paddle zoom ' +
  'hubspot discord linear typeform mailgun sendgrid intercom gitlab bitbucket sentry vercel ' +
  'calendly dropbox meta adyen box line gocardless convoy hook0 crawlux mux workos telnyx sanity plivo paypal'

describe('the catalog', () => {
  it('PRV-1 is one file for each provider, named after its id', () => {
    expect(providers.map(({ id }) => id).toSorted()).toEqual(files.toSorted())
    expect(new Set(files).size).toBeGreaterThanOrEqual(35)
  })

  it('PRV-2 holds every provider that is promised, standard-webhooks first', () => {
    expect(files).toEqual(expect.arrayContaining(PROMISED.split(' ')))
    expect(providers[0]?.id).toBe('standard-webhooks')
  })

  it.each(providers)(
    'PRV-4 $id says where its facts come from, when they were checked, and what could not be',
    (provider) => {
      expect(provider.facts.source).toMatch(/\w{5}/)
      expect(provider.facts.checkedOn).toMatch(/^2026-11-\d{2}$/)
      expect(provider.facts.unconfirmed ?? 'Nothing.').toMatch(/\.$/)
      expect(provider.name).not.toBe('')
    },
  )

  it.each(providers)('PRV-1 $id has event types with a sentence and a sample that is JSON', ({ eventTypes }) => {
    expect(eventTypes.length).toBeGreaterThan(0)
    expect(new Set(eventTypes.map(({ name }) => name)).size).toBe(eventTypes.length)
    for (const { name, description, sample } of eventTypes) {
      expect(name).toMatch(/^[\w.:/ -]{2,80}$/)
      expect(description).toMatch(/^[A-Z].+\.$/)
      expect(z.json().parse(sample)).toEqual(sample)
    }
  })
})

describe('policies', () => {
  it.each(providers.filter(({ policy }) => policy !== undefined))('PRV-1 the preset of $id ships', ({ policy }) => {
    expect(resolvePolicy(policy!).timeoutMs).toBeGreaterThan(0)
  })
})

describe('recognition', () => {
  it.each(providers.filter(({ recognition }) => recognition.eventType.length > 0))(
    'CAP-6 finds the event type of each sample of $id where the sender puts it',
    (provider) => {
      for (const { name, sample } of provider.eventTypes) {
        const found = recognize(provider, requestWith(provider, name, sample))
        expect(found.eventType).toMatch(isInHeader(provider) ? exactly(name) : /./)
      }
    },
  )

  it('CAP-6 finds the message id in a header, in JSON and in a form', () => {
    const of = (id: string, headers: [string, string][], body: string) =>
      recognize(
        providers.find((provider) => provider.id === id)!,
        { headers, body: Buffer.from(body) },
      ).messageId
    expect(of('github', [['x-github-delivery', '72d3162e']], '')).toBe('72d3162e')
    expect(of('stripe', [], '{"id":"evt_1","type":"a"}')).toBe('evt_1')
    expect(of('hubspot', [], '[{"eventId":3181526809}]')).toBe('3181526809')
    expect(of('twilio', [], 'From=%2B1&SmsMessageSid=SM1')).toBe('SM1')
    // The same in every status of one message, so that none may count as a repeat.
    expect(of('twilio', [], 'MessageSid=SM1&MessageStatus=sent')).toBe(null)
  })

  it.each([
    '',
    '[]',
    'null',
    '{"id":{}}',
    '{"id":""}',
    `{"id":"${'x'.repeat(201)}"}`,
    '\xff{',
    '{"__proto__":{"id":"a"}}',
  ])('CAP-6 finds no message id in %j and does not throw', (body) => {
    const stripe = providers.find(({ id }) => id === 'stripe')!
    expect(recognize(stripe, { headers: [], body: Buffer.from(body, 'latin1') }).messageId).toBeNull()
  })
})

function requestWith({ recognition }: Provider, type: string, sample: unknown) {
  const headers = recognition.eventType.flatMap((place): [string, string][] =>
    'header' in place ? [[place.header, type]] : [],
  )
  const usesForm = recognition.eventType.some((place) => 'form' in place)
  const body = usesForm ? new URLSearchParams(sample as Record<string, string>).toString() : JSON.stringify(sample)
  return { headers, body: Buffer.from(body) }
}

const exactly = (text: string) => new RegExp(`^${text.replaceAll('.', '\\.')}$`)
const isInHeader = ({ recognition }: Provider) => isHeader(recognition.eventType[0])
const isHeader = (place: Place | undefined) => place !== undefined && 'header' in place
