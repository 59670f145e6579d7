import type { IncomingMessage } from 'node:http'
import type { Refusal } from './guard-request.ts'

export const BODY_LIMIT_BYTES = 32 * 1024 * 1024

export const TOO_LARGE: Refusal = {
  code: 'payload_too_large',
  message: `A request may hold ${BODY_LIMIT_BYTES / 1024 / 1024} MiB at most.`,
}

export type JsonBody = { kind: 'read'; value: unknown } | { kind: 'refused'; refusal: Refusal } | { kind: 'aborted' }

/** Refuses by the head alone: too long as declared, or not JSON. */
export function refuseByHead({ headers }: IncomingMessage): Refusal | null {
  if (Number(headers['content-length'] ?? 0) > BODY_LIMIT_BYTES) return TOO_LARGE
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (!hasBody || type === 'application/json') return null
  return {
    code: 'unsupported_media_type',
    message: 'The body must be JSON.',
    field: 'content-type',
    hint: 'Send the header `Content-Type: application/json`.',
  }
}

/** Reads a JSON body up to the limit; `undefined` where there is none. */
export async function readJsonBody(request: IncomingMessage): Promise<JsonBody> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > BODY_LIMIT_BYTES) return { kind: 'refused', refusal: TOO_LARGE }
      chunks.push(chunk)
    }
  } catch {
    return { kind: 'aborted' }
  }
  return parse(Buffer.concat(chunks))
}

function parse(bytes: Buffer): JsonBody {
  if (bytes.length === 0) return { kind: 'read', value: undefined }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { kind: 'read', value: JSON.parse(text) as unknown }
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : 'it is not UTF-8'
    return { kind: 'refused', refusal: { code: 'invalid_request', message: `The body is not valid JSON: ${reason}.` } }
  }
}
