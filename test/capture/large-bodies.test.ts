import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSocket, parseAnswer, rawExchange, readToEnd } from '#test/support/raw-socket.ts'
import { type CaptureRig, eagerClock, startCaptureRig } from './capture-rig.ts'

const MIB = 1024 * 1024
const CAP = 25 * MIB
const TEN_GIB = 10 * 1024 * MIB

describe('a large body', () => {
  let rig: CaptureRig
  beforeEach(async () => {
    rig = await startCaptureRig({ clock: eagerClock })
  })
  afterEach(() => rig.stop())

  const head = (rest: string) => `POST /in/inbox HTTP/1.1\r\nHost: h\r\nX-Kept: yes\r\nConnection: close\r\n${rest}\r\n`
  const withLength = (body: Buffer) => Buffer.concat([Buffer.from(head(`Content-Length: ${body.length}\r\n`)), body])

  it('CP01 is kept up to the cap of 25 MiB, byte for byte', async () => {
    const body = randomBytes(CAP)
    expect((await rawExchange(rig.port, withLength(body))).status).toBe(200)
    const [event] = await rig.captured()
    expect(event).toMatchObject({ capture: 'complete', bodySizeBytes: CAP })
    expect((await rig.body(event!)).equals(body)).toBe(true)
  })

  it.for([CAP + 1, TEN_GIB])('CP01 of %i declared bytes is refused before one of them came', async (size) => {
    const socket = await openSocket(rig.port)
    const answer = readToEnd(socket)
    socket.write(head(`Content-Length: ${size}\r\n`))
    expect(parseAnswer(await answer)).toMatchObject({ status: 413 })
    const [event] = await rig.captured()
    expect(event).toMatchObject({ capture: 'refused', bodySizeBytes: 0, declaredSizeBytes: size })
    expect(event!.captureNote).toContain(`takes ${CAP} bytes at most`)
    expect(event!.headers).toContainEqual(['X-Kept', 'yes'])
  })

  it('CP01 of 10 GiB in chunks is cut soon after the cap', async () => {
    const socket = await openSocket(rig.port)
    let isClosed = false
    const answer = readToEnd(socket).finally(() => (isClosed = true))
    socket.write(head('Transfer-Encoding: chunked\r\n'))
    const chunk = Buffer.concat([Buffer.from(`${MIB.toString(16)}\r\n`), Buffer.alloc(MIB), Buffer.from('\r\n')])
    let sent = 0
    while (!isClosed && sent < TEN_GIB) {
      sent += MIB
      if (!socket.write(chunk)) await Promise.race([answer, new Promise((resolve) => socket.once('drain', resolve))])
    }
    await answer
    // What the buffers of the two ends hold comes on top of the cap.
    expect(sent).toBeLessThan(CAP + 16 * MIB)
    const [event] = await rig.captured()
    expect(event).toMatchObject({ capture: 'refused', bodySizeBytes: 0, declaredSizeBytes: null })
    expect(event!.headers).toContainEqual(['X-Kept', 'yes'])
  })

  it('CP01 finds no room beside one that fills the memory meant for bodies, and small ones go on', async () => {
    const { promise: mayFinish, resolve: finish } = Promise.withResolvers<void>()
    const { promise: isHeld, resolve: onHeld } = Promise.withResolvers<void>()
    const { capture } = rig.engine
    let calls = 0
    const tight = await startCaptureRig({
      bodyMemoryBytes: 2 * MIB,
      engine: {
        capture: {
          ...capture,
          // The first body is whole, and held until it is stored.
          async record(source, request) {
            if (++calls === 1) {
              onHeld()
              await mayFinish
            }
            return capture.record(source, request)
          },
        },
      },
    })
    const large = withLength(randomBytes(2 * MIB))
    const first = rawExchange(tight.port, large)
    await isHeld
    const crowded = await rawExchange(tight.port, large)
    expect(crowded.status).toBe(503)
    expect(crowded.headers.get('retry-after')).toMatch(/^\d+$/)
    expect((await rawExchange(tight.port, withLength(Buffer.from('small')))).status).toBe(200)
    finish()
    expect((await first).status).toBe(200)
    expect((await rawExchange(tight.port, large)).status).toBe(200)
    const captures = (await rig.captured()).map((event) => event.capture).toSorted()
    expect(captures).toEqual(['complete', 'complete', 'complete', 'refused'])
    await tight.stop()
  })
})
