import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv4 } from 'node:net'

const RCODES = { servfail: 2, nxdomain: 3 } as const
const TYPE_A = 1
const TYPE_AAAA = 28
const HEADER_BYTES = 12

/** Addresses (none is an empty answer), an error, or nothing at all. */
export type DnsAnswer = readonly string[] | keyof typeof RCODES | 'silence'

export interface DnsServer {
  /** As `address:port`. */
  address: string
  /** Names asked for, in order. */
  asked: readonly string[]
  close(): Promise<void>
}

/** A DNS server on loopback that answers by script, each answer good for no time at all. IPv4 only but for addresses with a colon. */
export async function startDnsServer(answerOf: (name: string) => DnsAnswer): Promise<DnsServer> {
  const socket = createSocket('udp4')
  const asked: string[] = []
  socket.on('message', (query, { address, port }) => {
    const { name, type, end } = readQuestion(query)
    asked.push(name)
    const answer = answerOf(name)
    if (answer === 'silence') return
    socket.send(reply(query.subarray(0, end), answer, type), port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    async close() {
      socket.close()
      await once(socket, 'close')
    },
  }
}

function readQuestion(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = []
  let at = HEADER_BYTES
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 }
}

function reply(question: Buffer, answer: Exclude<DnsAnswer, 'silence'>, type: number): Buffer {
  const records =
    typeof answer === 'string'
      ? []
      : answer.filter((text) => isIPv4(text) === (type === TYPE_A)).map((text) => record(type, bytesOf(text)))
  const head = Buffer.from(question)
  head.writeUInt16BE(0x8180 | (typeof answer === 'string' ? RCODES[answer] : 0), 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(type === TYPE_A || type === TYPE_AAAA ? records.length : 0, 6)
  head.writeUInt32BE(0, 8)
  return Buffer.concat([head, ...records])
}

function record(type: number, address: Buffer): Buffer {
  const head = Buffer.alloc(HEADER_BYTES)
  // The name is the question's.
  head.writeUInt16BE(0xc00c, 0)
  head.writeUInt16BE(type, 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(address.length, 10)
  return Buffer.concat([head, address])
}

function bytesOf(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number))
  const [left = '', right = ''] = address.split('::')
  const parts = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((part) => Number.parseInt(part, 16))
  const [before, after] = [parts(left), parts(right)]
  const groups = [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after]
  return Buffer.from(groups.flatMap((group) => [group >> 8, group & 0xff]))
}
