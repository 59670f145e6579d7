import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeBody } from '#main/engine/delivery/request/encode-body.ts'
import { fieldSources } from '#main/engine/json/json-source.ts'
import { messageBody } from '#main/engine/delivery/request/message-body.ts'
import { resolvePolicy } from '#main/engine/delivery/policies.ts'
import { compileTransformation } from '#main/engine/transformation/compile-transformation.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { Policy } from '#shared/model/policy.ts'
import { createFakeClock } from '#test/support/fake-clock.ts'
import { createFakeIds } from '#test/support/fake-ids.ts'

const ids = createFakeIds(createFakeClock(), 4)
const encode = (text: string) => new TextEncoder().encode(text)
const event: EventRecord = {
  id: ids.next('evt'),
  projectId: ids.next('prj'),
  sourceId: null,
  type: 'call_started',
  provider: null,
  origin: 'captured',
  editedFrom: null,
  capture: 'complete',
  captureNote: null,
  receivedAt: Date.UTC(2026, 10, 21, 10, 0, 0, 5),
  method: 'POST',
  path: '/in/shop',
  query: 'a=1&a=2',
  httpVersion: '1.1',
  headers: [
    ['X-Shop', 'north'],
    ['x-shop', 'south'],
  ],
  contentType: 'application/json',
  bodySha256: '',
  bodySizeBytes: 0,
  trailers: [],
  declaredSizeBytes: null,
  remoteAddress: null,
  hops: 0,
}

function encoded(body: string | Uint8Array, encoding: Policy['encoding']) {
  const bytes = typeof body === 'string' ? encode(body) : body
  const result = encodeBody({ body: bytes, contentType: null }, event, encoding)
  if ('failure' in result) return result.failure
  return { text: new TextDecoder().decode(result.body), contentType: result.contentType }
}

interface Wanted {
  body: string
  source?: string
  policy?: Partial<Policy>
  resign?: boolean
  event?: Partial<EventRecord>
}

async function message({ body, source, policy, resign = true, event: parts }: Wanted) {
  const transformation = source === undefined ? null : compileTransformation(source, async () => {})
  const result = await messageBody({
    event: { ...event, ...parts },
    body: encode(body),
    transformation,
    integration: null,
    policy: { ...resolvePolicy('standard'), ...policy },
    resign,
  })
  if ('failure' in result) return result.failure
  return { text: new TextDecoder().decode(result.body), contentType: result.contentType }
}

describe('encodings', () => {
  it('ENG-2 sends the stored bytes as they are where the encoding is raw', () => {
    const body = Uint8Array.of(0, 255, 13, 10)
    expect(encodeBody({ body, contentType: null }, event, 'raw')).toEqual({ body, contentType: null })
  })

  it('LUM-2 ENG-2 sends a form of the top-level fields: nested values as JSON text, null as empty', () => {
    const body =
      '{"message":"Crawl done & well","crawl_id":"7","user_id":"","n":1.50,"ok":true,"gone":null,"href":{"a":[1, 2]},"ü":"é"}'
    const form = encoded(body, 'form')
    expect(form).toMatchObject({ contentType: 'application/x-www-form-urlencoded' })
    expect([...new URLSearchParams('text' in form ? form.text : '')]).toEqual([
      ['message', 'Crawl done & well'],
      ['crawl_id', '7'],
      ['user_id', ''],
      ['n', '1.50'],
      ['ok', 'true'],
      ['gone', ''],
      ['href', '{"a":[1, 2]}'],
      ['ü', 'é'],
    ])
    expect('text' in form && form.text).toContain('message=Crawl+done+%26+well&')
    expect(encoded('{}', 'form')).toMatchObject({ text: '' })
  })

  it.each(['[1]', '"text"', '5', 'null', 'a=1', '', '{"a":1', '{"a":1}x'])(
    'ENG-2 sends no form of %j and says why',
    (body) => {
      expect(encoded(body, 'form')).toMatchObject({
        code: 'encoding_failed',
        detail: expect.stringContaining('not a JSON object'),
      })
    },
  )

  it('APC-4 ENG-2 sends an envelope of id, type, createdAt and data', () => {
    expect(encoded(' {"b":1,"a":2}\n', 'envelope')).toEqual({
      text: `{"id":"${event.id}","type":"call_started","createdAt":"2026-11-21T10:00:00.005Z","data":{"b":1,"a":2}}`,
      contentType: 'application/json',
    })
    expect(encoded('plain "text"', 'envelope')).toMatchObject({
      text: expect.stringMatching(/"data":"plain \\"text\\""\}$/),
    })
    expect(encoded(Uint8Array.of(255, 254), 'envelope')).toMatchObject({ code: 'encoding_failed' })
  })

  it('APC-4 CAP-7 wraps no envelope for a second time: what a page sent goes on with its own id and time', async () => {
    const sent = '{ "id": "call-1", "type": "call_started", "createdAt": "2026-11-20T09:12:04Z", "data": {"n":1.0} }'
    expect(encoded(sent, 'envelope')).toEqual({ text: sent, contentType: 'application/json' })
    const more = sent.replace('"data"', '"page": "/cart", "data"')
    expect(encoded(more, 'envelope')).toMatchObject({ text: expect.stringContaining(`"data":${more}}`) })
    const policy = { encoding: 'envelope' as const }
    expect(await message({ body: more, policy, event: { origin: 'ingested' } })).toMatchObject({ text: more })
    const other = sent.replace('call_started', 'call_ended')
    expect(encoded(other, 'envelope')).toMatchObject({ text: expect.stringContaining(`"data":${other}}`) })
  })

  it('M20 keeps digits, escapes, repeated keys and the order of keys', () => {
    const data = '{"2":12345678901234567890,"1":1.0,"e":1e400,"s":"\\u00e9","s":"again","__proto__":{"x":-0}}'
    expect(encoded(data, 'envelope')).toMatchObject({ text: expect.stringContaining(`"data":${data}}`) })
    const form = encoded(data, 'form')
    expect([...new URLSearchParams('text' in form ? form.text : '')]).toEqual([
      ['2', '12345678901234567890'],
      ['1', '1.0'],
      ['e', '1e400'],
      ['s', 'é'],
      ['s', 'again'],
      ['__proto__', '{"x":-0}'],
    ])
  })

  it('M20 takes 50,000 nested lists', () => {
    const deep = `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`
    expect(fieldSources(deep)).toEqual([{ key: 'a', source: deep.slice(5, -1) }])
    expect(encoded(deep, 'envelope')).toMatchObject({ text: expect.stringContaining(deep) })
  })

  it('M20 finds the source of every field of any JSON object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space)
        const read = JSON.parse(text) as Record<string, unknown>
        const fields = fieldSources(text)!
        expect(fields.map(({ key }) => key)).toEqual(Object.keys(read))
        for (const { key, source } of fields) expect(JSON.parse(source)).toEqual(read[key])
      }),
    )
  })
})

describe('the body of an attempt', () => {
  it('ENG-2 is what the transformation yields, then encoded', async () => {
    const source = '{"shop": headers."x-shop"[0], "a": query.a, "n": body.n * 2, "type": type}'
    expect(await message({ body: '{"n":21}', source })).toEqual({
      text: '{"shop":"north","a":["1","2"],"n":42,"type":"call_started"}',
      contentType: 'application/json',
    })
    expect(await message({ body: '{"n":21}', source, policy: { encoding: 'form' } })).toMatchObject({
      text: 'shop=north&a=%5B%221%22%2C%222%22%5D&n=42&type=call_started',
    })
    expect(await message({ body: 'plain', source: '{"text": body}' })).toMatchObject({ text: '{"text":"plain"}' })
  })

  it('RPL-2 is the very bytes for a replay that keeps the original, whatever the endpoint does otherwise', async () => {
    const kept = { body: '{ "n":1 }', source: '{"x": 1}', policy: { encoding: 'envelope' as const }, resign: false }
    expect(await message(kept)).toEqual({ text: '{ "n":1 }', contentType: null })
    expect(await message({ ...kept, event: { origin: 'composed' } })).toMatchObject({
      text: expect.stringContaining('{"x":1}'),
    })
  })

  it('EN28 ENG-2 is none where the transformation fails, with the line', async () => {
    expect(await message({ body: '{"n":"x"}', source: '{\n  "n": body.n * 2\n}' })).toEqual({
      code: 'transformation_failed',
      phase: 'build',
      detail: expect.stringMatching(/^line 2, column \d+: .*must evaluate to a number/),
    })
  })

  it('ENG-7 APC-2 is refused over the policy’s cap, counted after encoding', async () => {
    const policy = { bodyLimitBytes: 65_536 }
    const fits = `"${'x'.repeat(65_534)}"`
    expect(await message({ body: fits, policy })).toMatchObject({ text: fits })
    expect(await message({ body: `${fits} `, policy })).toEqual({
      code: 'body_too_large',
      phase: 'build',
      detail: 'The body has 65537 bytes, and the policy takes at most 65536',
    })
    expect(await message({ body: fits, policy: { ...policy, encoding: 'envelope' } })).toMatchObject({
      code: 'body_too_large',
    })
  })
})
