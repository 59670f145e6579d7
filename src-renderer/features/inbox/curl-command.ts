import type { EventDetail } from '#shared/contract/events.ts'
import { decodeUtf8 } from '../../ui/payload/body-kind.ts'

/** Headers that curl writes itself, or that only hold between two machines. */
const LEFT_OUT = new Set([
  'host',
  'content-length',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
])
/** A longer body would not fit a command line everywhere. */
const LONGEST_INLINE = 60_000

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

function headerOption([name, value]: readonly [string, string]): string {
  // curl leaves a header without a value out unless it ends in a semicolon.
  return `-H ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`
}

function base64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

function bodyParts(event: EventDetail, body: Uint8Array): { before: string; options: string[] } {
  if (body.length === 0) return { before: '', options: [] }
  if (body.length > LONGEST_INLINE) return { before: '', options: [`--data-binary ${quote(`@${event.id}.bin`)}`] }
  const text = decodeUtf8(body)
  if (text !== null && !text.includes('\0')) return { before: '', options: [`--data-raw ${quote(text)}`] }
  return { before: `printf %s ${quote(base64(body))} | base64 -d | `, options: ['--data-binary @-'] }
}

/** A command that sends the same request to the same address again. */
export function curlCommand(event: EventDetail, body: Uint8Array, captureOrigin: string): string {
  const { before, options } = bodyParts(event, body)
  const headers = event.headers.filter(([name]) => !LEFT_OUT.has(name.toLowerCase()))
  // curl would call the body a form of its own accord.
  const noType = options.length > 0 && event.contentType === null ? ["-H 'Content-Type:'"] : []
  const address = `${captureOrigin}${event.path}${event.query === null ? '' : `?${event.query}`}`
  const parts = [
    `${before}curl -X ${event.method} ${quote(address)}`,
    ...headers.map(headerOption),
    ...noType,
    ...options,
  ]
  return parts.join(' \\\n  ')
}

export function isTooLongForInline(body: Uint8Array): boolean {
  return body.length > LONGEST_INLINE
}
