import { onTestFinished } from 'vitest'
import { createUndiciTransport, type TransportOptions } from '#main/adapters/undici/transport.ts'
import type { Transport, TransportRequest } from '#main/engine/ports.ts'
import { startReceiver, type Receiver, type ReceiverOptions } from '#test/support/receiver.ts'

/** A transport and a receiver for one test, closed at its end. */
export async function openPair(
  receiver: ReceiverOptions = {},
  options: TransportOptions = {},
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

export function openTransport(options: TransportOptions = {}): Transport {
  const transport = createUndiciTransport(options)
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
