import { connect, type Socket } from 'node:net'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { startRelay, type RelayProcess } from '#test/support/relay-process.ts'
import { tempDirectory } from '#test/storage/temp-directory.ts'

const MIB = 1024 * 1024

interface Status {
  events: number
  droppedConnections: { slow: number; displaced: number; turnedAway: number }
}

/** A real relay in its own process, with the limits of that process. */
describe.runIf(process.platform === 'linux')('a relay under siege', () => {
  const sockets = new Set<Socket>()
  let relay: RelayProcess | null = null
  afterEach(async () => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
    await relay?.stop()
    relay = null
  })

  async function start(openFiles?: number): Promise<RelayProcess> {
    relay = await startRelay(join(tempDirectory(), 'data'), [], undefined, openFiles)
    return relay
  }

  /** So many connections that send nothing, from several addresses of this machine; closed ones count as taken. */
  async function openIdle(url: string, count: number, addresses: number): Promise<void> {
    const { hostname, port } = new URL(url)
    const openOne = (index: number) =>
      new Promise<void>((resolve) => {
        const socket = connect({
          host: hostname,
          port: Number(port),
          localAddress: `127.0.0.${2 + (index % addresses)}`,
        })
        sockets.add(socket.resume())
        socket.once('connect', resolve)
        socket.once('error', () => resolve())
        socket.once('close', () => sockets.delete(socket))
      })
    for (let from = 0; from < count; from += 100) {
      await Promise.all(Array.from({ length: Math.min(100, count - from) }, (_, index) => openOne(from + index)))
    }
  }

  async function capture({ ready }: RelayProcess): Promise<number> {
    const headers = { connection: 'close' }
    return (await fetch(`${ready.capture}/inbox`, { method: 'POST', headers, body: 'healthy' })).status
  }

  const isAlive = async ({ ready }: RelayProcess) => (await fetch(new URL('/healthz', ready.window))).status

  it('CP10 with 10,000 idle connections captures as ever, keeps its window, and counts what gave way', async () => {
    await start()
    await openIdle(relay!.ready.capture, 10_000, 20)
    expect(await capture(relay!)).toBe(200)
    expect(await isAlive(relay!)).toBe(200)
    await expect.poll(() => sockets.size).toBeLessThanOrEqual(4_096)
    const { droppedConnections, events } = await relay!.call<Status>('GET', '/status')
    expect(droppedConnections.displaced + droppedConnections.slow).toBeGreaterThanOrEqual(10_000 - 4_096)
    expect(droppedConnections.turnedAway).toBe(0)
    expect(events).toBe(1)
  }, 60_000)

  it('CP10 keeps 1,000 idle connections of one address from those of others', async () => {
    await start(1_000)
    await openIdle(relay!.ready.capture, 1_000, 1)
    expect(await capture(relay!)).toBe(200)
    // The answer may be heard before the ends of those that gave way for it.
    await expect.poll(() => sockets.size).toBeLessThanOrEqual(125)
    const { droppedConnections } = await relay!.call<Status>('GET', '/status')
    expect(droppedConnections.displaced).toBeGreaterThanOrEqual(875)
  })

  it('CP10 lives on where every file handle is taken, and serves again once there are some', async () => {
    await start(160)
    await openIdle(relay!.ready.capture, 300, 20)
    await openIdle(relay!.ready.api, 300, 1)
    // Once the relay has closed each of its own: what comes while it still has none free is turned away with those that wait.
    for (const socket of sockets) socket.end()
    await expect.poll(() => sockets.size).toBe(0)
    expect(await isAlive(relay!)).toBe(200)
    expect(await capture(relay!)).toBe(200)
    expect(relay!.child.exitCode).toBeNull()
  })

  it('CP01 holds memory flat while 20 senders each push past the cap', async () => {
    await start()
    const { hostname, port } = new URL(relay!.ready.capture)
    await capture(relay!)
    const before = peakBytes(relay!.child.pid!)
    const chunk = Buffer.concat([Buffer.from(`${MIB.toString(16)}\r\n`), Buffer.alloc(MIB), Buffer.from('\r\n')])
    const push = async () => {
      const socket = connect(Number(port), hostname)
      let isClosed = false
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
      void closed.then(() => (isClosed = true))
      socket.on('error', () => {}).resume()
      socket.write('POST /in/inbox HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n')
      for (let sent = 0; sent < 10_240 && !isClosed; sent++) {
        if (!socket.write(chunk)) await Promise.race([closed, new Promise((resolve) => socket.once('drain', resolve))])
      }
      await closed
    }
    await Promise.all(Array.from({ length: 20 }, push))
    // 256 MiB is what bodies may hold; what the runtime has not yet given back comes on top.
    expect(peakBytes(relay!.child.pid!) - before).toBeLessThan(500 * MIB)
    const { items } = await relay!.call<{ items: { capture: string }[] }>('GET', '/events?capture=refused')
    expect(items).toHaveLength(20)
  }, 60_000)
})

/** The most memory that a process has held so far. */
function peakBytes(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
}
