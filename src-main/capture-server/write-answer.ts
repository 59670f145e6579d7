import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { SenderAnswer } from './sender-answer.ts'

/** Writes an answer with its headers as they are given, duplicates kept. */
export function writeAnswer(response: ServerResponse, { status, headers, body }: SenderAnswer): void {
  if (response.destroyed) return
  const length: string[] = status === 204 || status === 304 ? [] : ['Content-Length', String(body.length)]
  response.writeHead(status, [...headers.flat(), ...length])
  response.end(body)
}

/** Writes an answer where there is no request to answer, and closes. */
export function endWith(socket: Duplex, { status, headers, body }: SenderAnswer): void {
  if (!socket.writable) return void socket.destroy()
  const lines = [...headers, ['Content-Length', String(body.length)] as const, ['Connection', 'close'] as const]
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const bytes = Buffer.concat([Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${head}\r\n`), body])
  socket.end(bytes, () => socket.destroy())
}
