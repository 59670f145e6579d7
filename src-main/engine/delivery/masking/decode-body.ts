import { constants, createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'

export interface DecodeLimits {
  /** Of each step, and so of what is shown. */
  outputLimitBytes: number
  /** How many times larger than what was received it may grow. */
  ratioLimit: number
  /** How many encodings on top of each other are undone. */
  depthLimit: number
}

export interface Decoded {
  bytes: Uint8Array
  /** Why it is not whole, for people; null where it is. */
  note: string | null
}

const LIMITS: DecodeLimits = { outputLimitBytes: 1024 * 1024, ratioLimit: 1_000, depthLimit: 3 }

/** What has come of a body that was cut is decoded as far as it goes. */
const DECODERS = {
  gzip: () => createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }),
  deflate: () => createInflate({ finishFlush: constants.Z_SYNC_FLUSH }),
  br: () => createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH }),
  zstd: () => createZstdDecompress({ finishFlush: constants.ZSTD_e_flush }),
} as const

type Encoding = keyof typeof DECODERS

/**
 * A body with its content encodings undone, never beyond the limits; null where it has none. What is shown and what is
 * searched for secrets come from here, so that nothing is shown that was not searched. It does not throw: what cannot be
 * decoded has a note, and the bytes that came of it.
 */
export async function decodeBody(
  body: Uint8Array,
  contentEncoding: string | null,
  limits: DecodeLimits = LIMITS,
): Promise<Decoded | null> {
  const encodings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim().replace(/^x-gzip$/, 'gzip'))
    .filter((name) => name !== '' && name !== 'identity')
  if (encodings.length === 0 || body.byteLength === 0) return null
  if (encodings.length > limits.depthLimit)
    return { bytes: body, note: `Encoded ${encodings.length} times; shown as received.` }
  const unknown = encodings.find((name) => !isEncoding(name))
  if (unknown !== undefined)
    return { bytes: body, note: `“${unknown.slice(0, 40)}” cannot be decoded; shown as received.` }

  const limitBytes = Math.min(limits.outputLimitBytes, body.byteLength * limits.ratioLimit)
  let decoded: Decoded = { bytes: body, note: null }
  for (const encoding of encodings.toReversed().filter(isEncoding)) {
    decoded = await undo(encoding, decoded.bytes, limitBytes)
    if (decoded.note !== null) return decoded
  }
  return decoded
}

function isEncoding(name: string): name is Encoding {
  return Object.hasOwn(DECODERS, name)
}

async function undo(encoding: Encoding, bytes: Uint8Array, limitBytes: number): Promise<Decoded> {
  const decoder = DECODERS[encoding]()
  const chunks: Buffer[] = []
  let length = 0
  let note: string | null = null
  decoder.end(bytes)
  try {
    for await (const chunk of decoder) {
      const part = (chunk as Buffer).subarray(0, limitBytes - length)
      chunks.push(part)
      length += part.length
      if (part.length === (chunk as Buffer).length) continue
      note = `Compressed with ${encoding}; the preview stops at ${limitBytes} bytes.`
      break
    }
  } catch {
    note = `This is no whole ${encoding} body; only this much could be decoded.`
  }
  if (length === 0) return { bytes, note: `Decoding it with ${encoding} gives nothing; shown as received.` }
  return { bytes: Buffer.concat(chunks), note }
}
