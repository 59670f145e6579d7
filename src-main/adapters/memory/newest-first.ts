import { AppError } from '#shared/model/app-error.ts'
import type { Page, PageRequest } from '#main/engine/ports.ts'

/** One page of what is kept in order of arrival, sorted by `at`, newest first. The cursor is the last item's id. */
export function newestFirst<T>(
  items: Iterable<T>,
  { id, at }: { id: (item: T) => string; at: (item: T) => number },
  { limit, cursor }: PageRequest,
): Page<T> {
  // Arrival decides between equals: a stable sort of the reversed list keeps the later one first.
  const sorted = [...items].toReversed().toSorted((a, b) => at(b) - at(a))
  const start = cursor === null ? 0 : sorted.findIndex((item) => id(item) === cursor) + 1
  if (cursor !== null && start === 0) {
    throw new AppError('invalid_request', 'This cursor is not from this list.', {
      field: 'cursor',
      hint: 'Leave it out to start at the newest.',
    })
  }
  const page = sorted.slice(start, start + limit)
  const last = page.at(-1)
  return { items: page, nextCursor: last !== undefined && start + limit < sorted.length ? id(last) : null }
}
