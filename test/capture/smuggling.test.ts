import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSocket, rawExchange, readToEnd } from '#test/support/raw-socket.ts'
import { type CaptureRig, startCaptureRig } from './capture-rig.ts'

const H = 'Host: h\r\n'
const HIDDEN = `GET /in/inbox/hidden HTTP/1.1\r\n${H}\r\n`
const post = (rest: string) => `POST /in/inbox HTTP/1.1\r\n${H}${rest}`
const chunked = (body: string) => post(`Transfer-Encoding: chunked\r\n\r\n${body}`)

/** Each ends where one reader sees the end of the request and another does not. */
const ATTEMPTS: readonly (readonly [what: string, bytes: string])[] = [
  ['a length beside chunks', post(`Content-Length: ${HIDDEN.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`)],
  ['chunks before a length', post('Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n')],
  ['two lengths that differ', post('Content-Length: 0\r\nContent-Length: 44\r\n\r\n')],
  ['two lengths that agree', post('Content-Length: 0\r\nContent-Length: 0\r\n\r\n')],
  ['a list of lengths', post('Content-Length: 0, 44\r\n\r\n')],
  ['a length with a sign', post('Content-Length: +0\r\n\r\n')],
  ['a negative length', post('Content-Length: -1\r\n\r\n')],
  ['a length past 64 bits', post('Content-Length: 18446744073709551616\r\n\r\n')],
  ['an empty length', post('Content-Length: \r\n\r\n')],
  ['an unknown coding', post('Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n')],
  ['identity after chunked', post('Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n')],
  ['chunked twice', post('Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n')],
  ['chunked that is not last', post('Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n')],
  ['a vertical tab before the coding', post('Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n')],
  ['a space before the colon of the coding', post('Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n')],
  ['a folded coding', post('Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n')],
  ['bare line feeds', `POST /in/inbox HTTP/1.1\nHost: h\nContent-Length: 0\n\n`],
  ['a bare line feed at the end of the head', `POST /in/inbox HTTP/1.1\r\n${H}Content-Length: 0\r\n\n`],
  ['a carriage return alone', `POST /in/inbox HTTP/1.1\r\nHost: h\rX: y\r\n\r\n`],
  ['a chunk size with a sign', chunked('+0\r\n\r\n')],
  ['a chunk size with 0x', chunked('0x0\r\n\r\n')],
  ['a chunk size with a space', chunked('0 \r\n\r\n')],
  ['a chunk size past 64 bits', chunked('10000000000000000\r\n')],
  ['a chunk that is longer than its size', chunked('1\r\nabc\r\n0\r\n\r\n')],
  ['a chunk that ends in a bare line feed', chunked('1\na\n0\n\n')],
  ['no chunk size', chunked('\r\n\r\n')],
]

describe('a request that hides another', () => {
  let rig: CaptureRig
  beforeEach(async () => {
    rig = await startCaptureRig()
    await rig.engine.endpoints.create(
      rig.engine.projects.resolve('default').id,
      { name: 'all', url: 'http://127.0.0.1:9/', eventTypes: ['*'] },
      { name: 'test' },
    )
  })
  afterEach(() => rig.stop())

  it.for(ATTEMPTS)(
    'CP15 by %s is refused, its connection closed, and the hidden one never captured',
    async ([, bytes]) => {
      const answer = await rawExchange(rig.port, bytes + HIDDEN)
      expect(answer.status).toBe(400)
      expect(answer.text.match(/HTTP\/1\.1 \d/g)).toHaveLength(1)
      const events = await rig.captured()
      expect(events.map(({ capture, path }) => [capture, path])).toEqual([['malformed', '/in/inbox']])
      expect(events[0]!.captureNote).not.toMatch(/HPE_/)
      const counts = await rig.engine.deliveries.countByState(events[0]!.projectId)
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(0)
    },
  )

  it('CP15 by a body that looks like a request stays a body', async () => {
    await rawExchange(rig.port, post(`Connection: close\r\nContent-Length: ${HIDDEN.length}\r\n\r\n${HIDDEN}`))
    const events = await rig.captured()
    expect(events).toHaveLength(1)
    expect((await rig.body(events[0]!)).toString()).toBe(HIDDEN)
  })

  it('CP16 by leaving in the middle, with a reset, leaves a partial entry and no delivery', async () => {
    const captured = rig.nextCaptured()
    const socket = await openSocket(rig.port)
    const answer = readToEnd(socket)
    socket.write(post('Content-Length: 1000\r\n\r\nabc'), () => socket.resetAndDestroy())
    expect(await captured).toMatchObject({
      capture: 'partial',
      captureNote: 'The sender left after 3 of 1000 bytes.',
      declaredSizeBytes: 1_000,
    })
    expect(await answer).toBe('')
    const { scheduled } = await rig.engine.deliveries.countByState(rig.engine.projects.resolve('default').id)
    expect(scheduled).toBe(0)
  })
})
