import { headerValues } from '#shared/model/header.ts'
import type { TransportResponse, TransportResult } from '../../ports/transport.ts'
import { decodeBody } from './decode-body.ts'
import type { SecretMask } from './mask-secrets.ts'

export interface MaskedResult {
  /** As it is recorded. */
  result: TransportResult
  /** The answer as it came, where masks stand in the recorded one; else null. */
  raw: TransportResponse | null
}

/** What came back as it is recorded: a receiver may echo what it was sent, also packed. */
export async function maskAnswer(came: TransportResult, mask: SecretMask): Promise<MaskedResult> {
  const { response, failure } = came
  const masked = response && (await maskResponse(response, mask))
  return {
    result: { ...came, failure: failure && { ...failure, detail: mask.text(failure.detail) }, response: masked },
    raw: response && masked && isMasked(response, masked) ? response : null,
  }
}

async function maskResponse(response: TransportResponse, mask: SecretMask): Promise<TransportResponse> {
  const headers = mask.headers(response.headers)
  const inside = await unpack(response)
  const clean = inside && mask.bytes(inside.bytes, inside.isCut)
  if (clean !== null && clean !== inside?.bytes) {
    // Packed bytes cannot be masked: those that hold a secret are kept unpacked.
    const plain = headers.filter(([name]) => name.toLowerCase() !== 'content-encoding')
    return { ...response, headers: plain, body: clean }
  }
  return { ...response, headers, body: mask.bytes(response.body, response.truncated) }
}

function isMasked(came: TransportResponse, masked: TransportResponse): boolean {
  return masked.body !== came.body || masked.headers.some(([, value], index) => value !== came.headers[index]?.[1])
}

/** As far as it can be unpacked; null where it is not packed in a way that is known. */
async function unpack({
  headers,
  body,
  truncated,
}: TransportResponse): Promise<{ bytes: Uint8Array<ArrayBuffer>; isCut: boolean } | null> {
  const decoded = await decodeBody(body, headerValues(headers, 'content-encoding').join(','))
  if (decoded === null || decoded.bytes === body) return null
  return { bytes: new Uint8Array(decoded.bytes), isCut: truncated || decoded.note !== null }
}
