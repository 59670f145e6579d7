import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { SenderAnswer } from './sender-answer.ts'

const SHORT_BYTES = 4_096

/** Writes an answer with its headers as they are given, duplicates kept. */
export function writeAnswer(response: ServerResponse, { status, headers, body }: SenderAnswer): void {
  if (response.destroyed) return
  const flat: string[] = []
  for (const [name, value] of headers) flat.push(name, value)
  if (status !== 204 && status !== 304) flat.push('Content-Length', String(body.length))
  response.writeHead(status, flat)
  // Characters of one byte each join the head, and leave as one piece with it.
  response.end(body.length > SHORT_BYTES ? body : body.toString('latin1'), 'latin1')
}

/** Writes an answer where there is no request to answer, and closes. */
export function endWith(socket: Duplex, { status, headers, body }: SenderAnswer): void {
  if (!socket.writable) return void socket.destroy()
  const lines = [...headers, ['Content-Length', String(body.length)] as const, ['Connection', 'close'] as const]
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const bytes = Buffer.concat([Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${head}\r\n`), body])
  socket.end(bytes, () => socket.destroy())
}
