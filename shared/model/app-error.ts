import { z } from 'zod'

/** The closed set of reasons for which a request to the app is refused. */
export const AppErrorCode = z.enum([
  'invalid_request',
  'invalid_filter',
  'unauthorized',
  'forbidden',
  'not_found',
  'unknown_provider',
  'provider_in_use',
  'read_only',
  'slug_taken',
  'idempotency_mismatch',
  'would_drop',
  'ambiguous_name',
  'invalid_configuration',
  'plan_outdated',
  'endpoint_paused',
  'endpoint_active',
  'endpoint_limit',
  'delivery_not_retryable',
  'delivery_not_cancelable',
  'retry_window_over',
  'retry_ended',
  'replay_over',
  'event_not_replayable',
  'event_under_way',
  'sweep_running',
  'clear_running',
  'run_in_progress',
  'run_over',
  'already_revealed',
  'reveal_limit',
  'secret_in_use',
  'vault_locked',
  'connection_over',
  'version_mismatch',
  'backup_running',
  'backup_not_running',
  'storage_unavailable',
  'exchange_busy',
  'exchange_state',
])
export type AppErrorCode = z.infer<typeof AppErrorCode>

export interface AppErrorDetails {
  /** The input field that is at fault, as a path with full stops. */
  field?: string
  /** What to do about it. */
  hint?: string
}

/** A request that cannot be answered, with a sentence for a person. Thrown by the engine, shown at every edge. */
export class AppError extends Error {
  readonly code: AppErrorCode
  readonly field: string | undefined
  readonly hint: string | undefined

  constructor(code: AppErrorCode, message: string, details: AppErrorDetails = {}) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.field = details.field
    this.hint = details.hint
  }
}
