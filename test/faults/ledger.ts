import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request that the receiver saw to its end. */
export interface Receipt {
  eventId: string
  deliveryId: string
  attempt: number
  bodySha256: string
  status: number
}

export interface LedgerReceiver {
  url: string
  receipts: Receipt[]
  close(): Promise<void>
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const header = (request: IncomingMessage, name: string): string => String(request.headers[name] ?? '')

/** A receiver that writes down everything it got; `answer` picks the status of the nth request. */
export async function startLedgerReceiver(answer: (nth: number) => number): Promise<LedgerReceiver> {
  const receipts: Receipt[] = []
  const server = createServer((request, response) => {
    read(request).then(
      (body) => {
        const status = answer(receipts.length)
        receipts.push({
          eventId: header(request, 'hookloop-event'),
          deliveryId: header(request, 'hookloop-delivery'),
          attempt: Number(header(request, 'hookloop-attempt')),
          bodySha256: sha256(body),
          status,
        })
        response.writeHead(status).end()
      },
      // The sender was killed while it wrote: nothing was received.
      () => response.destroy(),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    receipts,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}
