import { oc } from '@orpc/contract'
import { z } from 'zod'
import { DEFAULT_PROJECT_SLUG } from '../model/project.ts'

/** Every procedure starts here. Refusals are `AppError` codes with `{field?, hint?}` as data, on every carrier. */
export const procedure = oc

/** An instant: ISO 8601 in UTC with milliseconds. */
export const Instant = z.iso.datetime({ precision: 3 })

/** Turns unix ms into the contract's form of an instant. */
export function toInstant(at: number): string {
  return new Date(at).toISOString()
}

/** Which project is meant, by id or slug. Over HTTP `?project=` or the `Hookloop-Project` header say the same. */
export const InProject = z.object({
  project: z.string().optional().describe(`Project id or slug; \`${DEFAULT_PROJECT_SLUG}\` where none is named.`),
})

export const PageInput = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(200).optional(),
})

/** A page, newest first; `nextCursor` null ends the list. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}

export const ById = z.object({ id: z.string() })
