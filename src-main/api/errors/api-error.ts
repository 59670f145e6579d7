import { ORPCError } from '@orpc/server'
import { ApiErrorCode, type ErrorBody, ErrorData } from '#shared/contract/errors.ts'
import { ERROR_STATUS } from './error-status.ts'

/** An error as every carrier sends it. */
export function apiError(
  code: ApiErrorCode,
  message: string,
  data: ErrorData = {},
): ORPCError<ApiErrorCode, ErrorData> {
  return new ORPCError(code, { status: ERROR_STATUS[code], message, data: compact(data) })
}

/** The REST body of an error; one that is not of ours (a malformed call, say) is given the nearest code. */
export function toErrorBody(error: ORPCError<string, unknown>): ErrorBody {
  const code = ApiErrorCode.safeParse(error.code)
  if (!code.success) return bodyOf(nearestCode(error.status), error.status < 500 ? error.message : INTERNAL_MESSAGE, {})
  const data = ErrorData.safeParse(error.data)
  return bodyOf(code.data, error.message, data.success ? data.data : {})
}

export const INTERNAL_MESSAGE = 'Something went wrong inside Hookloop. Its log tells more.'

export function bodyOf(code: ApiErrorCode, message: string, data: ErrorData): ErrorBody {
  return { error: { code, message, ...compact(data) } }
}

function compact({ field, hint }: ErrorData): ErrorData {
  return { ...(field === undefined ? {} : { field }), ...(hint === undefined ? {} : { hint }) }
}

function nearestCode(status: number): ApiErrorCode {
  switch (status) {
    case 401:
      return 'unauthorized'
    case 403:
      return 'forbidden'
    case 404:
      return 'not_found'
    case 405:
      return 'method_not_allowed'
    case 413:
      return 'payload_too_large'
    case 415:
      return 'unsupported_media_type'
    default:
      return status < 500 ? 'invalid_request' : 'internal_error'
  }
}
