import { createServer, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createFakeClock } from '#test/support/fake-clock.ts'
import { listenRaw, openPair, openReceiver, openTransport, requestTo } from './open-transport.ts'

const never = new AbortController().signal

function writeSliced(socket: Socket, text: string): void {
  const [first] = text
  if (first === undefined) return
  socket.write(first, () => setImmediate(() => writeSliced(socket, text.slice(1))))
}

/** A port of loopback that nobody listens on. */
async function deadPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('before an answer', () => {
  it('DL01 tells a refused connection', async () => {
    const { failure, response } = await openTransport().send(requestTo(`http://127.0.0.1:${await deadPort()}/`), never)
    expect(response).toBeNull()
    expect(failure).toMatchObject({ code: 'connect_refused', phase: 'connect' })
  })

  it('DL01 tells a refused connection of localhost, where two addresses failed', async () => {
    const { failure } = await openTransport().send(requestTo(`http://localhost:${await deadPort()}/`), never)
    expect(failure).toMatchObject({ code: 'connect_refused' })
  })

  it('DL06 tells a reset', async () => {
    const { send, receiver } = await openPair({ script: ['reset'] })
    expect((await send()).failure).toMatchObject({ code: 'connection_reset', phase: 'headers' })
    expect(receiver.requests).toHaveLength(1)
  })

  it('DL10 ends at the deadline where no answer comes, and others are not disturbed', async () => {
    const clock = createFakeClock()
    const { send, receiver, transport } = await openPair({ script: ['silence'] }, { clock })
    const healthy = await openReceiver()
    const sent = send({ timeoutMs: 15_000 })
    await receiver.waitFor(1)
    const other = transport.send(requestTo(healthy.url), never)
    expect((await other).response?.status).toBe(200)
    await clock.advance(15_000)
    expect(await sent).toMatchObject({
      failure: { code: 'timed_out', phase: 'headers' },
      timings: { totalMs: 15_000, firstByteMs: null },
    })
  })

  it('DL10 frees the socket at the deadline', async () => {
    const clock = createFakeClock()
    const { promise: closed, resolve } = Promise.withResolvers<void>()
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>()
    const port = await listenRaw((socket) => {
      socket.once('close', resolve)
      socket.once('data', () => reach())
    })
    const sent = openTransport({ clock }).send(requestTo(`http://127.0.0.1:${port}/`, { timeoutMs: 15_000 }), never)
    await reached
    await clock.advance(14_999)
    expect(clock.pending()).toEqual([1])
    await clock.advance(1)
    await closed
    expect((await sent).failure).toMatchObject({ code: 'timed_out' })
  })

  it('DL34 tells a receiver that never reads the upload', async () => {
    const clock = createFakeClock()
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>()
    const port = await listenRaw((socket) => {
      socket.once('data', () => {
        socket.pause()
        reach()
      })
    })
    const body = new Uint8Array(32 * 1024 * 1024)
    const sent = openTransport({ clock }).send(
      requestTo(`http://127.0.0.1:${port}/`, { body, timeoutMs: 30_000 }),
      never,
    )
    await reached
    await clock.advance(30_000)
    expect((await sent).failure).toMatchObject({ code: 'timed_out', phase: 'send' })
  })

  it('DL34 takes an end that comes before any answer for no success', async () => {
    const port = await listenRaw((socket) => socket.once('data', () => socket.end()))
    const { response, failure } = await openTransport().send(requestTo(`http://127.0.0.1:${port}/`), never)
    expect(response).toBeNull()
    expect(failure).toMatchObject({ code: 'connection_reset', phase: 'headers' })
  })

  it('DL34 takes the answer of a receiver that closed its half first', async () => {
    const port = await listenRaw((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')),
    )
    const { response, failure } = await openTransport().send(requestTo(`http://127.0.0.1:${port}/`), never)
    expect(failure).toBeNull()
    expect(response).toMatchObject({ status: 200, truncated: false })
  })

  it('DL34 reads an answer that comes a byte at a time', async () => {
    const answer = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'
    const port = await listenRaw((socket) => {
      socket.setNoDelay(true)
      socket.once('data', () => writeSliced(socket, answer))
    })
    const { response, failure } = await openTransport().send(requestTo(`http://127.0.0.1:${port}/`), never)
    expect(failure).toBeNull()
    expect(response).toMatchObject({ status: 200, body: new TextEncoder().encode('hello') })
  })

  it('ends as interrupted when it is aborted', async () => {
    const { receiver, transport } = await openPair({ script: ['silence'] })
    const abort = new AbortController()
    const sent = transport.send(requestTo(receiver.url), abort.signal)
    await receiver.waitFor(1)
    abort.abort()
    expect((await sent).failure).toMatchObject({ code: 'interrupted' })
  })

  it('sends nothing after it was closed', async () => {
    const { receiver, transport, send } = await openPair()
    await transport.close()
    expect((await send()).failure).toMatchObject({ code: 'interrupted' })
    expect(receiver.requests).toEqual([])
  })

  it('DL29 reaches a port that browsers refuse', async () => {
    const receiver = await openReceiver({ port: 10_080 }).catch(() => openReceiver({ port: 6_000 }))
    const { response } = await openTransport().send(requestTo(receiver.url), never)
    expect(response?.status).toBe(200)
  })
})

describe('within an answer', () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n'

  it.each([
    ['reset', 'reset'],
    ['closed', 'end'],
  ] as const)('DL07 keeps the status of an answer that is %s half-way', async (_name, then) => {
    const { send } = await openPair({ script: [{ raw: `${head}partial`, then }] })
    const { response, failure } = await send()
    expect(response).toMatchObject({ status: 200, truncated: true, body: new TextEncoder().encode('partial') })
    expect(failure).toMatchObject({ code: 'answer_cut', phase: 'body' })
  })

  it('DL07 keeps the status of a chunked answer that is cut', async () => {
    const { send } = await openPair({
      script: [{ raw: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel', then: 'end' }],
    })
    expect(await send()).toMatchObject({ response: { status: 200, truncated: true }, failure: { code: 'answer_cut' } })
  })

  it('DL08 ends at the deadline while headers trickle', async () => {
    const clock = createFakeClock()
    const { send, receiver } = await openPair(
      { script: [{ raw: 'HTTP/1.1 200 OK\r\nX-Slow: ', then: 'drip' }] },
      { clock },
    )
    const sent = send({ timeoutMs: 5_000 })
    await receiver.waitFor(1)
    await clock.advance(5_000)
    const { response, failure } = await sent
    expect(response).toBeNull()
    expect(failure).toMatchObject({ code: 'timed_out', phase: 'headers' })
  })

  it('DL09 ends at the same deadline while the body drips, with what came', async () => {
    const clock = createFakeClock()
    const port = await listenRaw((socket) => {
      socket.once('data', () => socket.write(`${head}part`))
      socket.once('data', () => dripped.resolve())
    })
    const dripped = Promise.withResolvers<void>()
    const sent = openTransport({ clock }).send(requestTo(`http://127.0.0.1:${port}/`, { timeoutMs: 5_000 }), never)
    await dripped.promise
    await clock.advance(4_999)
    await clock.advance(1)
    const { response, failure } = await sent
    expect(response).toMatchObject({ status: 200, truncated: true, body: new TextEncoder().encode('part') })
    expect(failure).toMatchObject({ code: 'timed_out', phase: 'body', detail: 'got 4 bytes of the body' })
  })
})
