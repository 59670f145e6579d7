import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { AppErrorCode } from '../model/app-error.ts'
import { LONGEST_FILTER } from '../model/filter/language/parse-filter.ts'
import { DEFAULT_PROJECT_SLUG } from '../model/project.ts'
import type { Scope } from '../model/scope.ts'

/** What a procedure asks of its caller, and how the audit log names it. */
export interface Access {
  /** Null for what every valid credential may ask. */
  scope: Scope | null
  /** Whether it is about the whole installation, which a key of one project must not see or change. */
  reach: 'project' | 'installation'
  /** `<noun>.<verb>`, such as `endpoint.update`; null for one that changes nothing. */
  action: string | null
  /** Why it may be refused, beside what every procedure is refused for. */
  refusals: readonly AppErrorCode[]
}

/**
 * Every procedure starts here or at `changes`. Refusals are `AppError` codes with `{field?, hint?}` as data, on every
 * carrier.
 */
export function reads(scope: Scope | null, refusals: readonly AppErrorCode[] = [], reach: Access['reach'] = 'project') {
  return oc.$meta<Access>({ scope, action: null, refusals, reach })
}

/** One that changes something, or tells what must be on record. */
export function changes(
  scope: Scope,
  action: string,
  refusals: readonly AppErrorCode[] = [],
  reach: Access['reach'] = 'project',
) {
  return oc.$meta<Access>({ scope, action, refusals, reach })
}

/** An instant: ISO 8601 in UTC with milliseconds. */
export const Instant = z.iso.datetime({ precision: 3 })

/** Turns unix ms into the contract's form of an instant; null stays null. */
export function toInstant(at: number): string
export function toInstant(at: number | null): string | null
export function toInstant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

/** Which project is meant, by id or slug. Over HTTP `?project=` or the `Hookloop-Project` header say the same. */
export const InProject = z.object({
  project: z.string().optional().describe(`Project id or slug; \`${DEFAULT_PROJECT_SLUG}\` where none is named.`),
})

export const PageInput = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(200).optional(),
})

/** A filter as it is typed; its parts are explained where it cannot be read. */
export const FilterText = z.string().max(LONGEST_FILTER)

/** A page, newest first; `nextCursor` null ends the list. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}

export const ById = z.object({ id: z.string() })
