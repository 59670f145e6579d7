import type { HeaderList } from '#shared/model/header.ts'
import type { TransportResponse } from '#main/engine/ports/transport.ts'

/** An answer as it arrives, kept up to a limit. */
export interface AnswerInProgress {
  /** False once more has come than is kept. */
  add(chunk: Uint8Array): boolean
  receivedBytes(): number
  /** `whole` is false where the rest never came. */
  finish(end: { whole: boolean; remoteAddress: string | null }): TransportResponse
}

export function startAnswer(status: number, headers: HeaderList, limitBytes: number): AnswerInProgress {
  const chunks: Uint8Array[] = []
  let kept = 0
  let received = 0

  return {
    add(chunk) {
      const part = chunk.subarray(0, limitBytes - kept)
      if (part.length > 0) chunks.push(part)
      kept += part.length
      received += chunk.length
      return received <= limitBytes
    },
    receivedBytes: () => received,
    finish({ whole, remoteAddress }) {
      const body = new Uint8Array(kept)
      let offset = 0
      for (const chunk of chunks) {
        body.set(chunk, offset)
        offset += chunk.length
      }
      return { status, headers, body, truncated: !whole || received > kept, remoteAddress }
    },
  }
}

/** Raw header lines as they came: names and values in turn, read as latin1. */
export function headerPairs(raw: unknown): HeaderList {
  if (!Array.isArray(raw)) return []
  const pairs: [string, string][] = []
  for (let at = 0; at < raw.length; at += 2) pairs.push([textOf(raw[at]), textOf(raw[at + 1] ?? '')])
  return pairs
}

function textOf(part: unknown): string {
  if (!(part instanceof Uint8Array)) return String(part)
  return Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1')
}
