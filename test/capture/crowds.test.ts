import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createFakeLog } from '#test/support/fake-log.ts'
import { openSocket, rawExchange, readToEnd } from '#test/support/raw-socket.ts'
import { percentile } from '#test/bench/report.ts'
import { type CaptureRig, type CaptureRigOptions, startCaptureRig } from './capture-rig.ts'

describe('a crowd of connections', () => {
  let rig: CaptureRig
  const sockets: Socket[] = []
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy()
    await rig.stop()
  })

  async function start(options: CaptureRigOptions): Promise<CaptureRig> {
    rig = await startCaptureRig(options)
    return rig
  }

  interface Crowd {
    sockets: Socket[]
    /** What each got until it was closed. */
    endings: Promise<string[]>
  }

  async function open(count: number): Promise<Crowd> {
    const crowd: Socket[] = []
    const endings: Promise<string>[] = []
    // The backlog of a listening socket is short: all at once would be refused by the system.
    while (crowd.length < count) {
      const next = Array.from({ length: Math.min(200, count - crowd.length) }, async () => {
        const socket = await openSocket(rig.port)
        endings.push(readToEnd(socket))
        return socket
      })
      crowd.push(...(await Promise.all(next)))
    }
    sockets.push(...crowd)
    return { sockets: crowd, endings: Promise.all(endings) }
  }

  const POST = 'POST /in/inbox HTTP/1.1\r\nHost: h\r\n'

  /** How long each of so many captures took, in ms, one after another. */
  async function healthyCaptures(count: number): Promise<number[]> {
    const took: number[] = []
    for (let index = 0; index < count; index++) {
      const startedAt = performance.now()
      expect((await rawExchange(rig.port, `${POST}Connection: close\r\nContent-Length: 2\r\n\r\nok`)).status).toBe(200)
      took.push(performance.now() - startedAt)
    }
    return took
  }

  it('CP09 of 2,000 that trickle their heads slows no healthy capture, and is cut and counted', async () => {
    const log = createFakeLog()
    await start({ headTimeoutMs: 3_000, openFiles: 16_384, log })
    const { endings } = await open(2_000)
    const trickle = (bytes: string) => sockets.forEach((socket) => socket.writable && socket.write(bytes))
    trickle(`${POST}X-Slow: `)
    const dripping = setInterval(() => trickle('a'), 100)
    expect(percentile(await healthyCaptures(100), 0.99)).toBeLessThan(200)
    for (const text of await endings) expect(text).not.toMatch(/^HTTP\/1\.1 2/)
    clearInterval(dripping)
    const { slow: late, displaced } = rig.server.dropped
    expect(late + displaced).toBe(2_000)
    expect(log.lines[0]).toMatchObject({ level: 'warn', message: expect.stringContaining('drops connections') })
    expect((await rig.captured()).map(({ capture }) => capture)).toEqual(Array(100).fill('complete'))
  })

  it('CP09 of 300 that stop in the middle of their bodies is cut, kept as partial, and counted', async () => {
    await start({ bodyIdleMs: 300 })
    const { sockets: slow, endings } = await open(300)
    for (const socket of slow) socket.write(`${POST}Content-Length: 10\r\n\r\nabc`)
    expect(percentile(await healthyCaptures(50), 0.99)).toBeLessThan(200)
    for (const text of await endings) expect(text).toMatch(/^HTTP\/1\.1 408 /)
    expect(rig.server.dropped.slow).toBe(300)
    const partial = (await rig.captured()).filter(({ capture }) => capture === 'partial')
    expect(partial).toHaveLength(300)
    expect(partial[0]!.captureNote).toBe('The sender fell silent after 3 of 10 bytes.')
  })

  it('CP10 of idle ones from one address gives way, oldest first, to a sender that comes', async () => {
    await start({ openFiles: 800 })
    const limit = 100
    const { sockets: idle } = await open(limit)
    const closed: number[] = []
    for (const [index, socket] of idle.entries()) socket.once('close', () => closed.push(index))
    await healthyCaptures(1)
    const [first] = (await open(1)).sockets
    await new Promise((resolve) => setImmediate(resolve))
    await healthyCaptures(1)
    expect(closed).toEqual([0, 1, 2].slice(0, closed.length))
    expect(closed.length).toBeGreaterThanOrEqual(2)
    expect(first!.destroyed).toBe(false)
    expect(rig.server.dropped.turnedAway).toBe(0)
  })

  it('CP10 turns a new one away, with 503, only where all others are in the middle of a request', async () => {
    await start({ openFiles: 80 })
    const limit = 10
    const { sockets: busy } = await open(limit)
    for (const socket of busy) socket.write(`${POST}Content-Length: 4\r\nExpect: 100-continue\r\n\r\n`)
    await Promise.all(busy.map((socket) => new Promise((resolve) => socket.once('data', resolve))))
    const turnedAway = await rawExchange(rig.port, `${POST}Content-Length: 2\r\n\r\nno`)
    expect(turnedAway.status).toBe(503)
    expect(turnedAway.text).toContain('connection_limit')
    expect(rig.server.dropped).toEqual({ slow: 0, displaced: 0, turnedAway: 1 })
    const answers = busy.map((socket) => new Promise((resolve) => socket.once('data', resolve)))
    for (const socket of busy) socket.write('done')
    for (const answer of await Promise.all(answers)) expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /)
    expect(await rig.captured()).toHaveLength(limit)
  })
})
