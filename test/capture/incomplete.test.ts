import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EventRecord } from '#shared/model/event.ts'
import { openSocket, parseAnswer, rawExchange, readToEnd } from '#test/support/raw-socket.ts'
import { type CaptureRig, eagerClock, startCaptureRig } from './capture-rig.ts'

const LIMIT = 1_000

describe('what is not captured whole', () => {
  let rig: CaptureRig
  beforeEach(async () => {
    rig = await startCaptureRig()
    await rig.source('small', { bodyLimitBytes: LIMIT })
    const projectId = rig.engine.projects.resolve('default').id
    const actor = { name: 'test' }
    await rig.engine.endpoints.create(projectId, { name: 'all', url: 'http://127.0.0.1:9/', eventTypes: ['*'] }, actor)
  })
  afterEach(async () => {
    const projectId = rig.engine.projects.resolve('default').id
    const whole = (await rig.captured()).filter(({ capture }) => capture === 'complete')
    // Nothing that is not complete is ever delivered.
    const counts = await rig.engine.deliveries.countByState(projectId)
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
    if (total !== whole.length) throw new Error(`${total} deliveries for ${whole.length} complete events`)
    await rig.stop()
  })

  const send = (text: string | Buffer) => rawExchange(rig.port, text)
  async function onlyEvent(): Promise<EventRecord> {
    const events = await rig.captured()
    expect(events).toHaveLength(1)
    return events[0]!
  }

  it('CAP-10 refuses a declared body over the limit at once, and keeps its headers', async () => {
    const strict = await startCaptureRig({ engine: rig.engine, clock: eagerClock })
    const head = `POST /in/small HTTP/1.1\r\nHost: h\r\nX-Kept: yes\r\nContent-Length: ${LIMIT + 1}\r\n\r\n`
    const answer = await rawExchange(strict.port, head)
    await strict.stop()
    expect(answer.status).toBe(413)
    expect(answer.headers.get('connection')).toBe('close')
    const event = await onlyEvent()
    expect(event).toMatchObject({ capture: 'refused', bodySizeBytes: 0, declaredSizeBytes: LIMIT + 1 })
    expect(event.headers).toContainEqual(['X-Kept', 'yes'])
    expect(event.captureNote).toContain(String(LIMIT))
  })

  it('CAP-10 cuts a chunked body that grows past the limit, and takes one of exactly the limit', async () => {
    const chunked = (size: number) =>
      `POST /in/small HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n${size.toString(16)}\r\n${'x'.repeat(size)}\r\n0\r\n\r\n`
    expect((await send(chunked(LIMIT + 1))).status).toBe(413)
    expect(await onlyEvent()).toMatchObject({ capture: 'refused', bodySizeBytes: 0, declaredSizeBytes: null })
    expect((await send(chunked(LIMIT))).status).toBe(200)
    expect((await rig.captured()).at(-1)).toMatchObject({ capture: 'complete', bodySizeBytes: LIMIT })
  })

  it('CP12 answers 413 instead of 100-continue over the limit, and 100 below it', async () => {
    const head = (length: number) =>
      `POST /in/small HTTP/1.1\r\nHost: h\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: ${length}\r\n\r\n`
    const over = await send(head(LIMIT + 1))
    expect(over.text).toMatch(/^HTTP\/1\.1 413 /)
    const below = await send(`${head(2)}ok`)
    expect(below.text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /)
  })

  it.for([
    ['with a length', 'Content-Length: 10\r\n\r\nabc', 10],
    ['in chunks', 'Transfer-Encoding: chunked\r\n\r\n5\r\nabc', null],
  ] as const)('CP16 keeps what came of a body %s whose sender left', async ([, rest, declared]) => {
    const captured = rig.nextCaptured()
    const socket = await openSocket(rig.port)
    const answer = readToEnd(socket)
    socket.write(`POST /in/inbox HTTP/1.1\r\nHost: h\r\n${rest}`)
    socket.end()
    const event = await captured
    expect(event).toMatchObject({ capture: 'partial', bodySizeBytes: 3, declaredSizeBytes: declared })
    expect(event.captureNote).toContain('after 3 of')
    expect((await rig.body(event)).toString()).toBe('abc')
    expect(await answer).not.toMatch(/^HTTP\/1\.1 2/)
  })

  it('CP09 ends a body whose sender falls silent', async () => {
    const impatient = await startCaptureRig({ engine: rig.engine, clock: eagerClock, bodyIdleMs: 20 })
    const socket = await openSocket(impatient.port)
    const text = readToEnd(socket)
    socket.write('POST /in/inbox HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc')
    expect(parseAnswer(await text).status).toBe(408)
    expect(await onlyEvent()).toMatchObject({ capture: 'partial', captureNote: expect.stringContaining('silent') })
    await impatient.stop()
  })

  it('CP09 drops connections that trickle their heads, and answers the others meanwhile', async () => {
    const strict = await startCaptureRig({ engine: rig.engine, headTimeoutMs: 100 })
    const slow = await Promise.all(Array.from({ length: 50 }, () => openSocket(strict.port)))
    const answers = slow.map((socket) => readToEnd(socket))
    for (const socket of slow) socket.write('POST /in/inbox HTTP/1.1\r\nHost: h\r\nX-Slow: ')
    expect((await fetch(`${strict.url}/inbox`, { method: 'POST', body: 'quick' })).status).toBe(200)
    for (const answer of await Promise.all(answers)) expect(answer).not.toMatch(/^HTTP\/1\.1 2/)
    expect(await onlyEvent()).toMatchObject({ capture: 'complete', bodySizeBytes: 5 })
    await strict.stop()
  })

  it('CP11 flags an HTTP/1.0 body without a length instead of showing an empty request', async () => {
    const answer = await send('POST /in/inbox HTTP/1.0\r\nX-Old: yes\r\n\r\nlost')
    expect(answer.status).toBe(411)
    const event = await onlyEvent()
    expect(event).toMatchObject({ capture: 'partial', captureNote: expect.stringContaining('Content-Length') })
    expect(event.headers).toEqual([['X-Old', 'yes']])
    expect((await send('POST /in/inbox HTTP/1.0\r\nContent-Length: 4\r\n\r\nkept')).status).toBe(200)
    expect((await send('GET /in/inbox HTTP/1.0\r\n\r\n')).status).toBe(200)
  })

  const H = 'Host: h\r\n'
  const malformed: readonly (readonly [what: string, bytes: string, status: number, note: RegExp])[] = [
    [
      'a length beside chunks',
      `POST /in/small HTTP/1.1\r\n${H}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
      /Transfer-Encoding/,
    ],
    [
      'two lengths',
      `POST /in/small HTTP/1.1\r\n${H}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc`,
      400,
      /more than one Content-Length/,
    ],
    [
      'an unknown transfer coding',
      `POST /in/small HTTP/1.1\r\n${H}Transfer-Encoding: foo\r\n\r\nabc`,
      400,
      /Transfer-Encoding/,
    ],
    ['a space before a colon', `POST /in/small HTTP/1.1\r\n${H}X : 3\r\n\r\n`, 400, /header/],
    ['a folded header', `POST /in/small HTTP/1.1\r\n${H}X: 3\r\n b\r\n\r\n`, 400, /folded/],
    ['bare line feeds', 'POST /in/small HTTP/1.1\nHost: h\n\n', 400, /CRLF/],
    ['a NUL', `POST /in/small HTTP/1.1\r\n${H}X: a\0b\r\n\r\n`, 400, /control character/],
    ['an unknown method', `BREW /in/small HTTP/1.1\r\n${H}\r\n`, 400, /method/],
    ['a path that is not ASCII', `POST /in/small/\xe9 HTTP/1.1\r\n${H}\r\n`, 400, /path/],
    [
      'a bad chunk size',
      `POST /in/small HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n`,
      400,
      /chunk size/,
    ],
    ['no Host', 'POST /in/small HTTP/1.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n', 400, /Host/],
    ['another expectation', `POST /in/small HTTP/1.1\r\n${H}Expect: tea\r\nContent-Length: 0\r\n\r\n`, 417, /Expect/],
  ]
  it.for(malformed)('CP14 refuses %s and keeps an entry of its source', async ([, bytes, status, note]) => {
    expect((await send(bytes)).status).toBe(status)
    const event = await onlyEvent()
    expect(event.capture).toBe('malformed')
    expect(event.captureNote).toMatch(note)
    expect(event.sourceId).toBe(rig.engine.capture.sourceOf('small')!.id)
    expect(event.remoteAddress).toBe('127.0.0.1')
  })

  const strangers: readonly (readonly [what: string, bytes: Buffer, status: number, note: RegExp])[] = [
    ['HTTP/2', Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), 400, /HTTP\/2/],
    ['TLS', Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]), 400, /TLS/],
    ['a PROXY line', Buffer.from('PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n'), 400, /PROXY/],
    ['CONNECT', Buffer.from('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n'), 405, /tunnel/],
  ]
  it.for(strangers)('CP13 refuses %s and notes it in the inbox', async ([, bytes, status, note]) => {
    expect((await send(bytes)).status).toBe(status)
    const event = await onlyEvent()
    expect(event).toMatchObject({ capture: 'malformed', captureNote: expect.stringMatching(note) })
    expect(event.sourceId).toBe(rig.engine.capture.sourceOf('inbox')!.id)
  })

  it('CP14 keeps no more than the first 1 KiB', async () => {
    await send(`BREW /in/small HTTP/1.1\r\n${'x'.repeat(5_000)}`)
    const event = await onlyEvent()
    expect(event.bodySizeBytes).toBe(1_024)
    expect((await rig.body(event)).toString().startsWith('BREW /in/small HTTP/1.1')).toBe(true)
  })

  it('CP15 never captures the second request of a smuggling attempt', async () => {
    const hidden = `GET /in/small/hidden HTTP/1.1\r\n${H}\r\n`
    await send(
      `POST /in/small HTTP/1.1\r\n${H}Content-Length: ${hidden.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    )
    await send(`POST /in/small HTTP/1.1\r\n${H}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`)
    await send(
      `POST /in/small HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${hidden}`,
    )
    const events = await rig.captured()
    expect(events.map(({ capture }) => capture)).toEqual(['malformed', 'malformed', 'malformed'])
    expect(events.map(({ path }) => path)).not.toContain('/in/small/hidden')
  })

  it('CP17 still answers the good request that a bad one follows on the same connection', async () => {
    const answer = await send(`POST /in/small HTTP/1.1\r\n${H}Content-Length: 2\r\n\r\nokBREW / HTTP/1.1\r\n\r\n`)
    expect(answer.text).toMatch(/^HTTP\/1\.1 200 /)
    const events = await rig.captured()
    expect(events.map(({ capture }) => capture).toSorted()).toEqual(['complete', 'malformed'])
  })
})
