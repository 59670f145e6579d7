import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Condition } from '#shared/model/condition.ts'
import { rawExchange } from '#test/support/raw-socket.ts'
import { type CaptureRig, startCaptureRig } from './capture-rig.ts'

describe('what a body may be', () => {
  let rig: CaptureRig
  beforeEach(async () => {
    rig = await startCaptureRig()
  })
  afterEach(() => rig.stop())

  async function post(body: Buffer, more = '', method = 'POST') {
    const head = `${method} /in/inbox HTTP/1.1\r\nHost: h\r\nConnection: close\r\n${more}Content-Length: ${body.length}\r\n\r\n`
    expect((await rawExchange(rig.port, Buffer.concat([Buffer.from(head), body]))).status).toBe(200)
    const event = (await rig.captured()).at(-1)!
    return { event, kept: await rig.body(event) }
  }

  const CHUNKED = 'POST /in/inbox HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n'

  it('CP02 keeps trailers apart from headers, in wire order, whether they were declared or not', async () => {
    const trailers = 'X-Checksum: abc\r\nX-CHECKSUM: def\r\nHost: other\r\n__proto__: p\r\n'
    await rawExchange(rig.port, `${CHUNKED}Trailer: X-Checksum\r\n\r\n5;a=b;c="d"\r\nhello\r\n0;e\r\n${trailers}\r\n`)
    const [event] = await rig.captured()
    expect((await rig.body(event!)).toString()).toBe('hello')
    expect(event!.trailers).toEqual([
      ['X-Checksum', 'abc'],
      ['X-CHECKSUM', 'def'],
      ['Host', 'other'],
      ['__proto__', 'p'],
    ])
    expect(event!.headers.map(([name]) => name)).toEqual(['Host', 'Connection', 'Transfer-Encoding', 'Trailer'])
  })

  it.for(['Content-Length: 9', 'Transfer-Encoding: gzip'])(
    'CP02 refuses the trailer %s, which would frame the message anew',
    async (trailer) => {
      expect((await rawExchange(rig.port, `${CHUNKED}\r\n1\r\nx\r\n0\r\n${trailer}\r\n\r\n`)).status).toBe(400)
      expect(await rig.captured()).toMatchObject([{ capture: 'malformed', trailers: [] }])
    },
  )

  it('CP02 keeps every one of 3,000 trailers, and refuses 70 KB of them', async () => {
    await rawExchange(rig.port, `${CHUNKED}\r\n1\r\nx\r\n0\r\n${'X-T: y\r\n'.repeat(3_000)}\r\n`)
    expect((await rig.captured())[0]!.trailers).toHaveLength(3_000)
    const refused = await rawExchange(rig.port, `${CHUNKED}\r\n1\r\nx\r\n0\r\nX-T: ${'y'.repeat(70_000)}\r\n\r\n`)
    expect(refused.status).toBe(400)
    expect((await rig.captured()).at(-1)).toMatchObject({
      capture: 'malformed',
      captureNote: expect.stringContaining('trailers'),
      trailers: [],
    })
  })

  it.for([
    ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0xc3, 0x28, 0x7d])],
    ['a lone surrogate', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['NULs', Buffer.from('a\0b\0')],
    ['UTF-16 JSON', Buffer.from('\ufeff{"a":"é"}', 'utf16le')],
    ['a byte order mark', Buffer.from('\ufeff{"a":1}')],
  ] as const)('CP03 keeps %s byte for byte', async ([, body]) => {
    const { event, kept } = await post(body, 'Content-Type: application/json\r\n')
    expect(kept.equals(body)).toBe(true)
    expect(event).toMatchObject({ capture: 'complete', bodySizeBytes: body.length })
  })

  it.for([
    ['an image', 'image/png', Buffer.from('89504e470d0a1a0a0000', 'hex')],
    ['protobuf', 'application/x-protobuf', Buffer.from([0x08, 0x96, 0x01, 0x0a])],
    ['HTML', 'text/html', Buffer.from('<script>alert(1)</script>')],
    ['nothing', 'application/json', Buffer.alloc(0)],
  ] as const)('CP04 keeps %s exact', async ([, type, body]) => {
    const { event, kept } = await post(body, `Content-Type: ${type}\r\n`)
    expect(kept.equals(body)).toBe(true)
    expect(event.contentType).toBe(type)
  })

  it('CP04 keeps the body of a GET', async () => {
    const { event, kept } = await post(Buffer.from('{"q":1}'), '', 'GET')
    expect(event).toMatchObject({ method: 'GET', capture: 'complete' })
    expect(kept.toString()).toBe('{"q":1}')
  })

  it('CP08 keeps prototype names in header, query, form and JSON, and none pollutes the conditions that read them', async () => {
    const projectId = rig.engine.projects.resolve('default').id
    const actor = { name: 'test' }
    const takes = (name: string, condition: Condition) =>
      rig.engine.endpoints.create(projectId, { name, url: 'http://127.0.0.1:9/', eventTypes: ['*'], condition }, actor)
    await takes('polluted', { body: { isAdmin: true } })
    await takes('named', { body: { constructor: { prototype: { isAdmin: true } } } })
    const json = '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"hasOwnProperty":1}'
    const names = '__proto__: a\r\nconstructor: b\r\nhasOwnProperty: c\r\n'
    const query = 'a[__proto__][x]=1&__proto__=2&constructor=3'
    await rawExchange(
      rig.port,
      `POST /in/inbox?${query} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n${names}Content-Type: application/json\r\nContent-Length: ${json.length}\r\n\r\n${json}`,
    )
    const { event: form, kept } = await post(Buffer.from(query), 'Content-Type: application/x-www-form-urlencoded\r\n')
    const [event] = await rig.captured()
    expect(event!.query).toBe(query)
    expect(event!.headers.slice(2, 5)).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
      ['hasOwnProperty', 'c'],
    ])
    expect((await rig.body(event!)).toString()).toBe(json)
    expect(kept.toString()).toBe(query)
    const page = { limit: 10, cursor: null }
    const ofEvent = { projectId, eventId: event!.id, endpointId: null, replayId: null, states: [] }
    const { items } = await rig.engine.deliveries.list({ ...page, ...ofEvent })
    const taken = items.map(({ endpointId }) => rig.engine.endpoints.find(projectId, endpointId!)!.version.config.name)
    expect(taken).toEqual(['named'])
    expect(form.capture).toBe('complete')
    expect(({} as { isAdmin?: unknown }).isAdmin).toBeUndefined()
  })

  const ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]><x>&a;&a;&b;</x>'
  const BOMB = gzipSync(Buffer.alloc(32 * 1024 * 1024))
  it.for([
    ['XML with entities', 'application/xml', '', Buffer.from(ENTITIES)],
    ['a YAML bomb', 'application/yaml', '', Buffer.from('a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n')],
    ['a gzip bomb', 'application/json', 'Content-Encoding: gzip\r\n', BOMB],
  ] as const)('CP24 keeps %s as it came, and expands nothing', async ([, type, encoding, body]) => {
    const { event, kept } = await post(body, `Content-Type: ${type}\r\n${encoding}`)
    expect(kept.equals(body)).toBe(true)
    expect(event.bodySizeBytes).toBe(body.length)
  })
})
