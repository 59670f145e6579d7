import { z } from 'zod'
import { AppErrorCode } from '../model/app-error.ts'

/** Every code that an answer may carry: the engine's own, and those of the HTTP layer. */
export const ApiErrorCode = z.enum([
  ...AppErrorCode.options,
  'method_not_allowed',
  'payload_too_large',
  'unsupported_media_type',
  'misdirected_request',
  'quota_exceeded',
  'too_many_attempts',
  'internal_error',
])
export type ApiErrorCode = z.infer<typeof ApiErrorCode>

/** What an error carries beside its code and message: the field at fault and what to do about it. */
export const ErrorData = z.object({ field: z.string().optional(), hint: z.string().optional() })
export type ErrorData = z.infer<typeof ErrorData>

/** The body of every REST answer that is not a success. */
export const ErrorBody = z.object({
  error: z.object({ code: ApiErrorCode, message: z.string(), ...ErrorData.shape }),
})
export type ErrorBody = z.infer<typeof ErrorBody>
