import { brotliDecompressSync, deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib'
import { headerValue } from '#shared/model/header.ts'
import type { Hypothesis } from '../subject.ts'
import { bodyChange, type BodyWords } from './body-change.ts'

/** A body may grow to so much, and no larger one is compressed to try. */
const LARGEST_BYTES = 26_214_400
const LARGEST_TO_COMPRESS = 1_048_576
/** The byte of a gzip header that names the system that wrote it: Unix, unknown, Windows. */
const GZIP_SYSTEMS = [3, 255, 11, 0]
const LEVELS = [6, 9, 1]

/** A proxy compressed the body on its way, or took its compression off. */
export const compressed: Hypothesis = function* ({ message: { body, headers } }) {
  const encoding = headerValue(headers, 'content-encoding')?.toLowerCase() ?? ''
  const plain = decompressed(body, encoding)
  if (plain) yield bodyChange(body, plain, COMPRESSED)
  else if (body.byteLength > 0 && body.byteLength <= LARGEST_TO_COMPRESS) {
    for (const level of LEVELS) {
      const packed = gzipSync(body, { level })
      for (const system of GZIP_SYSTEMS) yield bodyChange(body, withSystem(packed, system), DECOMPRESSED)
      yield bodyChange(body, deflateSync(body, { level }), DECOMPRESSED)
    }
  }
}

function decompressed(body: Uint8Array, encoding: string): Uint8Array | null {
  const limit = { maxOutputLength: LARGEST_BYTES }
  try {
    if (body[0] === 0x1f && body[1] === 0x8b) return gunzipSync(body, limit)
    if (encoding === 'br') return brotliDecompressSync(body, limit)
    if (encoding === 'deflate' || (body[0] === 0x78 && [0x01, 0x5e, 0x9c, 0xda].includes(body[1] ?? 0)))
      return inflateSync(body, limit)
  } catch {
    // Not compressed after all, or too large to be a webhook.
  }
  return null
}

function withSystem(packed: Uint8Array, system: number): Uint8Array {
  const copy = Buffer.from(packed)
  copy[9] = system
  return copy
}

const COMPRESSED: BodyWords = {
  code: 'body_compressed',
  title: 'The body came compressed',
  explanation: 'The signature fits the body before it was compressed.',
  fix: 'Decompress the body before verifying, and nothing more; or keep the proxy from compressing requests.',
}
const DECOMPRESSED: BodyWords = {
  code: 'body_compressed',
  title: 'The body’s compression was taken off on its way',
  explanation: 'The sender signed the compressed bytes, and a proxy or a framework passed on the decompressed ones.',
  fix: 'Verify the bytes as they were on the wire: switch off automatic decompression of requests for this route.',
}
