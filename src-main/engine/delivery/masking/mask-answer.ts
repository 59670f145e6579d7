import { headerValues } from '#shared/model/header.ts'
import type { TransportResponse, TransportResult } from '../../ports/transport.ts'
import type { SecretMask } from './mask-secrets.ts'

/** How far a packed answer is looked into. */
const LIMIT_BYTES = 1_048_576
/** By what `Content-Encoding` calls it. */
const FORMATS: Readonly<Record<string, string>> = {
  gzip: 'gzip',
  'x-gzip': 'gzip',
  deflate: 'deflate',
  br: 'brotli',
}

/** What came back as it is recorded: a receiver may echo what it was sent, also packed. */
export async function maskAnswer(result: TransportResult, mask: SecretMask): Promise<TransportResult> {
  const { response, failure } = result
  return {
    ...result,
    failure: failure && { ...failure, detail: mask.text(failure.detail) },
    response: response && (await maskResponse(response, mask)),
  }
}

async function maskResponse(response: TransportResponse, mask: SecretMask): Promise<TransportResponse> {
  const headers = mask.headers(response.headers)
  const inside = await unpack(response)
  const clean = inside && mask.bytes(inside, response.truncated)
  if (clean !== inside && clean !== null) {
    // Packed bytes cannot be masked: those that hold a secret are kept unpacked.
    const plain = headers.filter(([name]) => name.toLowerCase() !== 'content-encoding')
    return { ...response, headers: plain, body: clean }
  }
  return { ...response, headers, body: mask.bytes(response.body, response.truncated) }
}

/** As far as it can be unpacked; null where it is not packed in a way that is known. */
async function unpack({ headers, body }: TransportResponse): Promise<Uint8Array<ArrayBuffer> | null> {
  const format = FORMATS[headerValues(headers, 'content-encoding').join(',').trim().toLowerCase()]
  if (format === undefined || body.length === 0) return null
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    const packed = new Blob([body]).stream()
    // Brotli is known to the runtime, not yet to the type.
    for await (const chunk of packed.pipeThrough(new DecompressionStream(format as 'gzip'))) {
      chunks.push(chunk)
      length += chunk.length
      if (length >= LIMIT_BYTES) break
    }
  } catch {
    // A cut or broken answer tells what came before.
  }
  return joined(chunks, length)
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
