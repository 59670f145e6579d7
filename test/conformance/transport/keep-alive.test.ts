import { once } from 'node:events'
import type { Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startMisbehavingReceiver } from '#test/support/misbehaving-receiver/receiver.ts'
import { listenRaw, openPair, openTransport, requestTo } from './open-transport.ts'

const never = new AbortController().signal
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'

describe('a connection that is kept', () => {
  it.each(['POST', 'GET'])('DL22 never sends a %s again by itself where the connection dies', async (method) => {
    const { send, receiver } = await openPair({ script: [{ status: 200 }, 'reset'] })
    const body = new Uint8Array()
    await send({ method, body })
    const { response, failure } = await send({ method, body })
    expect(response).toBeNull()
    expect(failure).toMatchObject({ code: 'stale_connection', phase: 'headers' })
    expect(receiver.requests.map(({ connection }) => connection)).toEqual([1, 1])
  })

  it('DL22 marks what died on a kept socket, and sends on a new one where asked to', async () => {
    const receiver = await startMisbehavingReceiver({ script: [{ do: 'stale' }] })
    onTestFinished(() => receiver.close())
    const transport = openTransport()
    const send = (fresh: boolean) => transport.send(requestTo(receiver.url, { fresh }), never)
    expect((await send(false)).response?.status).toBe(200)
    expect((await send(false)).failure).toMatchObject({ code: 'stale_connection' })
    expect((await send(true)).response?.status).toBe(200)
  })

  it('DL22 takes no idle socket where a new one is asked for', async () => {
    const { send, receiver } = await openPair()
    await send()
    await send({ fresh: true })
    expect(receiver.requests.map(({ connection }) => connection)).toEqual([1, 2])
  })

  it('DL06 calls a reset of a new socket no stale connection', async () => {
    const { send } = await openPair({ script: ['reset'] })
    expect((await send({ fresh: true })).failure).toMatchObject({ code: 'connection_reset' })
  })

  it('DL22 calls a kept socket that dies within its answer no stale connection', async () => {
    const { send } = await openPair({
      script: [{ status: 200 }, { raw: 'HTTP/1.1 200 OK\r\nX-Half: ', then: 'reset' }],
    })
    await send()
    expect((await send()).failure).toMatchObject({ code: 'connection_reset', phase: 'headers' })
  })

  it('DL22 opens a new socket where the receiver closed the idle one before', async () => {
    const sockets: Socket[] = []
    const port = await listenRaw((socket) => {
      sockets.push(socket)
      socket.on('data', () => socket.write(OK))
    })
    const transport = openTransport()
    const send = () => transport.send(requestTo(`http://127.0.0.1:${port}/`), never)
    await send()
    const closed = once(sockets[0]!, 'close')
    sockets[0]!.end()
    await closed
    expect(await send()).toMatchObject({ failure: null, response: { status: 200 } })
    expect(sockets).toHaveLength(2)
  })

  it('DL22 does not keep a socket that the receiver says it closes within a second', async () => {
    const { send, receiver } = await openPair({
      script: [
        {
          status: 200,
          headers: [
            ['Connection', 'keep-alive'],
            ['Keep-Alive', 'timeout=1'],
          ],
        },
      ],
    })
    await send()
    await send()
    expect(receiver.requests.map(({ connection }) => connection)).toEqual([1, 2])
  })
})
