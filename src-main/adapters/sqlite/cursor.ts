import { AppError } from '#shared/model/app-error.ts'
import type { Page, PageRequest } from '#main/engine/ports.ts'

/** The place of a row in a list that runs newest first: its instant, then its row key. */
export interface Place {
  at: number
  key: number
}

/** Before the newest row of any list. */
export const START: Place = { at: Number.MAX_SAFE_INTEGER, key: Number.MAX_SAFE_INTEGER }

/** Where a page begins: after the cursor's row. Throws `AppError` for a cursor that no list gave out. */
export function placeOf(cursor: string | null): Place {
  if (cursor === null) return START
  const parts = /^(\d{1,16})\.(\d{1,16})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))
  if (parts) return { at: Number(parts[1]), key: Number(parts[2]) }
  throw new AppError('invalid_request', 'This cursor is not from this list.', {
    field: 'cursor',
    hint: 'Leave it out to start at the newest.',
  })
}

/** The cursor of a place: what follows it comes next. */
export function encodePlace({ at, key }: Place): string {
  return Buffer.from(`${at}.${key}`).toString('base64url')
}

/** A page from rows that were read with one more than its limit. */
export function toPage<R extends Place, T>(rows: readonly R[], { limit }: PageRequest, toItem: (row: R) => T): Page<T> {
  const kept = rows.slice(0, limit)
  const last = kept.at(-1)
  const nextCursor = last && rows.length > limit ? encodePlace(last) : null
  return { items: kept.map(toItem), nextCursor }
}
