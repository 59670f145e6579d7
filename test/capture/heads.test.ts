import { connect as connectTls } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSocket, rawExchange, readToEnd } from '#test/support/raw-socket.ts'
import { type CaptureRig, startCaptureRig } from './capture-rig.ts'

describe('what the head of a request may be', () => {
  let rig: CaptureRig
  beforeEach(async () => {
    rig = await startCaptureRig()
  })
  afterEach(() => rig.stop())

  const send = (text: string) => rawExchange(rig.port, text)
  const CLOSE = 'Host: h\r\nConnection: close\r\n'

  it('CP07 keeps a header of 15 KiB and a head of 16 KiB whole', async () => {
    const long = 'v'.repeat(15 * 1024)
    expect((await send(`GET /in/inbox HTTP/1.1\r\n${CLOSE}X-Long: ${long}\r\nX-Last: yes\r\n\r\n`)).status).toBe(200)
    const many = Array.from({ length: 400 }, (_, index) => `X-${index}: ${'v'.repeat(32)}\r\n`)
    expect((await send(`GET /in/inbox HTTP/1.1\r\n${CLOSE}${many.join('')}\r\n`)).status).toBe(200)
    const [first, second] = await rig.captured()
    expect(first!.headers.slice(2)).toEqual([
      ['X-Long', long],
      ['X-Last', 'yes'],
    ])
    expect(second!.headers).toHaveLength(402)
  })

  it('CP07 keeps a head of any number of headers whole, or refuses it with 431: never a shorter list', async () => {
    const kept: [sent: number, status: number, kept: number][] = []
    for (const count of [999, 1_000, 1_001, 1_023, 1_024, 2_001, 8_000, 11_000, 20_000]) {
      const { status } = await send(`GET /in/inbox HTTP/1.1\r\n${CLOSE}${'name: data\r\n'.repeat(count)}\r\n`)
      kept.push([count, status, (await rig.captured()).at(-1)!.headers.length - 2])
    }
    const answered = (status: number) => kept.filter(([, each]) => each === status)
    expect(answered(200).map(([sent]) => sent)).toEqual(answered(200).map(([, , whole]) => whole))
    expect(answered(431).map(([sent]) => sent)).toEqual([11_000, 20_000])
    expect(answered(200).length + answered(431).length).toBe(kept.length)
  })

  it('CP11 keeps an HTTP/1.0 request with a length and no Host as a whole one', async () => {
    expect((await send('POST /in/inbox HTTP/1.0\r\nContent-Length: 4\r\n\r\nkept')).status).toBe(200)
    const [event] = await rig.captured()
    expect(event).toMatchObject({ capture: 'complete', httpVersion: '1.0', bodySizeBytes: 4, captureNote: null })
  })

  it('CP12 stores what came after 100 Continue, and lets odd expectations go with 417', async () => {
    const allowed = await send(
      `POST /in/inbox HTTP/1.1\r\n${CLOSE}Expect: 100-continue\r\nContent-Length: 4\r\n\r\nbody`,
    )
    expect(allowed.text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /)
    expect((await rig.captured())[0]).toMatchObject({ capture: 'complete', bodySizeBytes: 4 })
    expect((await send(`POST /in/inbox HTTP/1.1\r\n${CLOSE}Expect: 200-maybe\r\n\r\n`)).status).toBe(417)
    expect((await rig.captured())[1]).toMatchObject({ capture: 'malformed', headers: expect.anything() })
  })

  it.for([
    ['h2c', 'Upgrade, HTTP2-Settings', 'HTTP2-Settings: AAMAAABkAAQAAP__\r\n'],
    ['websocket', 'Upgrade', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'],
  ] as const)('CP13 ignores an upgrade to %s and keeps the request', async ([protocol, connection, more]) => {
    const socket = await openSocket(rig.port)
    socket.write(
      `POST /in/inbox HTTP/1.1\r\nHost: h\r\nConnection: ${connection}\r\nUpgrade: ${protocol}\r\n${more}Content-Length: 2\r\n\r\nok`,
    )
    const answer = await new Promise((resolve) => socket.once('data', resolve))
    socket.destroy()
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /)
    const [event] = await rig.captured()
    expect(event).toMatchObject({ capture: 'complete', bodySizeBytes: 2 })
    expect(event!.headers).toContainEqual(['Upgrade', protocol])
  })

  it('CP13 refuses a real TLS client cleanly, and keeps its first bytes', async () => {
    const captured = rig.nextCaptured()
    const client = connectTls({ port: rig.port, host: '127.0.0.1', rejectUnauthorized: false })
    await new Promise((resolve) => client.once('error', resolve))
    const event = await captured
    expect(event).toMatchObject({ capture: 'malformed', captureNote: expect.stringContaining('TLS') })
    expect((await rig.body(event))[0]).toBe(0x16)
  })

  it('CP17 answers on the same connection after a refusal that left nothing unread', async () => {
    const socket = await openSocket(rig.port)
    const text = readToEnd(socket)
    socket.write('GET /in/nowhere HTTP/1.1\r\nHost: h\r\n\r\n')
    socket.write(`POST /in/inbox HTTP/1.1\r\n${CLOSE}Content-Length: 2\r\n\r\nok`)
    expect((await text).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 404', 'HTTP/1.1 200'])
    expect(await rig.captured()).toHaveLength(1)
  })

  it.for([
    '/in/inbox/../../api/v1/events',
    '/in/inbox/%2e%2e/%2e%2e/api',
    '/in/inbox/a%00b',
    '/in/inbox//double///slashes',
    `/in/inbox/${'long'.repeat(2_048)}`,
    '/in/inbox/%E0%A4%A/broken-escape',
    '/in/inbox/<script>alert(1)</script>',
    'http://elsewhere:4780/in/inbox/../api/v1/events',
  ])('CP18 stores the target %s raw, under the source that its path begins with', async (target) => {
    expect((await send(`POST ${target} HTTP/1.1\r\n${CLOSE}Content-Length: 0\r\n\r\n`)).status).toBe(200)
    expect(await rig.captured()).toMatchObject([{ path: target, capture: 'complete' }])
  })

  it.for(['*', '/', '//in/inbox', '/%69n/inbox', '/in/%69nbox', '/in\\inbox', '/in/inbox%2fx', '/x/../in/inbox'])(
    'CP18 finds no source under the target %s, which it neither decodes nor tidies up',
    async (target) => {
      expect((await send(`OPTIONS ${target} HTTP/1.1\r\n${CLOSE}\r\n`)).status).toBe(404)
      expect(await rig.captured()).toEqual([])
    },
  )
})
