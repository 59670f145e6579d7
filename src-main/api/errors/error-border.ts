import { ORPCError, os, ValidationError } from '@orpc/server'
import { ApiErrorCode } from '#shared/contract/errors.ts'
import { AppError } from '#shared/model/app-error.ts'
import type { Log } from '../../engine/ports.ts'
import { apiError, INTERNAL_MESSAGE } from './api-error.ts'
import { explainIssues } from './explain-issues.ts'

/** The one place where what a procedure throws becomes an answer; whatever was not foreseen is logged and hidden. */
export const errorBorder = os.$context<{ log: Log }>().middleware(async ({ next, context, path }) => {
  try {
    return await next()
  } catch (error) {
    throw toApiError(error, (cause) => {
      context.log.error('A request failed unexpectedly', { procedure: path.join('.'), error: describe(cause) })
    })
  }
})

function toApiError(error: unknown, onUnexpected: (error: unknown) => void): ORPCError<ApiErrorCode, unknown> {
  if (error instanceof AppError) {
    const { field, hint } = error
    return apiError(error.code, error.message, { field, hint })
  }
  if (error instanceof ORPCError) {
    if (ApiErrorCode.safeParse(error.code).success) return error
    if (error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError) {
      const { message, data } = explainIssues(error.cause.issues)
      return apiError('invalid_request', message, data)
    }
  }
  // Nobody waits for the answer any more.
  if (error instanceof Error && error.name === 'AbortError')
    return apiError('internal_error', 'The call was called off.')
  if (error instanceof Error && error.name === 'StoreUnavailableError') {
    return apiError('storage_unavailable', error.message, { hint: 'Nothing of the call was kept; try it again later.' })
  }
  if (error instanceof Error && error.name === 'VaultLockedError') {
    return apiError('vault_locked', error.message, { hint: 'GET /api/v1/vault tells what is locked and how to go on.' })
  }
  onUnexpected(error)
  return apiError('internal_error', INTERNAL_MESSAGE)
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.cause instanceof ValidationError) return `${error.message}: ${explainIssues(error.cause.issues).message}`
  return error.stack ?? error.message
}
