import type { ApiErrorCode } from '#shared/contract/errors.ts'

/** The HTTP status of each error code. */
export const ERROR_STATUS: Readonly<Record<ApiErrorCode, number>> = {
  invalid_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  unknown_provider: 404,
  method_not_allowed: 405,
  slug_taken: 409,
  provider_in_use: 409,
  read_only: 409,
  idempotency_mismatch: 409,
  would_drop: 409,
  endpoint_paused: 409,
  endpoint_active: 409,
  delivery_not_retryable: 409,
  delivery_not_cancelable: 409,
  retry_window_over: 409,
  event_not_replayable: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  misdirected_request: 421,
  internal_error: 500,
  storage_unavailable: 503,
}
