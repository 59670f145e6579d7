// The bench's receiver, a process of its own: reads each request whole, answers 200, and counts.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** From the bench: count from nothing, and tell at `target`. */
export interface CountOrder {
  target: number
}

/** To the bench. */
export type ReceiverMessage =
  | { kind: 'listening'; port: number }
  | { kind: 'first'; rawHeaders: readonly string[] }
  | { kind: 'reached' }

const tell = (message: ReceiverMessage) => process.send?.(message)
let count = 0
let target = Number.POSITIVE_INFINITY

process.on('message', (order: CountOrder) => {
  count = 0
  target = order.target
})
process.on('disconnect', () => process.exit(0))

const server = createServer((request, response) => {
  request.resume().once('end', () => {
    response.end('ok')
    count += 1
    if (count === 1) tell({ kind: 'first', rawHeaders: request.rawHeaders })
    if (count === target) tell({ kind: 'reached' })
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => tell({ kind: 'listening', port: (server.address() as AddressInfo).port }))
