import { AppError } from '#shared/model/app-error.ts'

export interface ComposedBody {
  body: Uint8Array
  contentType: string
}

/** The bytes of a composed event: the JSON of `data`, or what `bodyBase64` holds. Throws `AppError` unless it is one of them. */
export function composedBody(input: {
  data?: unknown
  bodyBase64?: string | undefined
  contentType?: string | undefined
}): ComposedBody {
  const { data, bodyBase64, contentType } = input
  if (data !== undefined && bodyBase64 !== undefined) {
    throw new AppError('invalid_request', '`data` and `bodyBase64` exclude each other.', {
      field: 'bodyBase64',
      hint: 'Give `data` for JSON, or `bodyBase64` with `contentType` for any other bytes.',
    })
  }
  if (bodyBase64 !== undefined) {
    return { body: Buffer.from(bodyBase64, 'base64'), contentType: contentType ?? 'application/octet-stream' }
  }
  if (data === undefined) {
    throw new AppError('invalid_request', 'The event has no content.', {
      field: 'data',
      hint: 'Give `data` for JSON, or `bodyBase64` with `contentType` for any other bytes.',
    })
  }
  return { body: Buffer.from(JSON.stringify(data)), contentType: contentType ?? 'application/json' }
}
