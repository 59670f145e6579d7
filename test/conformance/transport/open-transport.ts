import { createServer, type AddressInfo, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { createUndiciTransport, type TransportOptions } from '#main/adapters/undici/transport.ts'
import { systemClock } from '#main/adapters/system/system-clock.ts'
import type { Transport, TransportRequest } from '#main/engine/ports.ts'
import { startReceiver, type Receiver, type ReceiverOptions } from '#test/support/receiver.ts'

export type OpenOptions = Partial<TransportOptions>

/** A transport and a receiver for one test, closed at its end. */
export async function openPair(
  receiver: ReceiverOptions = {},
  options: OpenOptions = {},
): Promise<{
  receiver: Receiver
  transport: Transport
  send: (parts?: Partial<TransportRequest>) => ReturnType<Transport['send']>
}> {
  const transport = openTransport(options)
  const started = await openReceiver(receiver)
  return {
    receiver: started,
    transport,
    send: (parts) => transport.send(requestTo(started.url, parts), new AbortController().signal),
  }
}

export function openTransport(options: OpenOptions = {}): Transport {
  const transport = createUndiciTransport({ clock: systemClock, ...options })
  onTestFinished(() => transport.close())
  return transport
}

export async function openReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const receiver = await startReceiver(options)
  onTestFinished(() => receiver.close())
  return receiver
}

export function requestTo(url: string, parts: Partial<TransportRequest> = {}): TransportRequest {
  return {
    method: 'POST',
    url,
    headers: [],
    body: new TextEncoder().encode('{"n":1}'),
    timeoutMs: 10_000,
    responseLimitBytes: 65_536,
    ...parts,
  }
}

/** The port of a server that does with each socket as it is told. */
export async function listenRaw(serve: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    serve(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}
