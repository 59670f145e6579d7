import type { ServerResponse } from 'node:http'
import type { SenderAnswer } from './sender-answer.ts'

/** Writes an answer with its headers as they are given, duplicates kept. */
export function writeAnswer(response: ServerResponse, { status, headers, body }: SenderAnswer): void {
  if (response.destroyed) return
  const length: string[] = status === 204 || status === 304 ? [] : ['Content-Length', String(body.length)]
  response.writeHead(status, [...headers.flat(), ...length])
  response.end(body)
}
