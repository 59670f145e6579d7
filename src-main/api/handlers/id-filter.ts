import type { z } from 'zod'
import { AppError } from '#shared/model/app-error.ts'

/** A list filter by id, null where it was left out; throws `AppError` where it is no such id. */
export function idFilter<S extends z.ZodType>(field: string, schema: S, value: string | undefined): z.infer<S> | null {
  if (value === undefined || value === '') return null
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new AppError('invalid_request', `\`${field}\` ${parsed.error.issues[0]?.message ?? 'is not an id'}.`, { field })
}
