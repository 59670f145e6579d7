import type { AttemptView } from '#shared/contract/deliveries.ts'
import { table } from './table.ts'
import type { Text } from './view.ts'

/** The attempts of a delivery, oldest first. */
export function attemptTable(items: readonly AttemptView[]): Text {
  return table(
    items,
    [
      { title: '#', value: (attempt) => String(attempt.number), right: true },
      { title: 'STARTED', value: (attempt) => attempt.startedAt },
      { title: 'OUTCOME', value: (attempt) => attempt.outcome },
      { title: 'STATUS', value: (attempt) => String(attempt.response?.status ?? '') },
      { title: 'TOOK', value: (attempt) => `${Math.round(attempt.timings.totalMs)} ms`, right: true },
      { title: 'WHY', value: (attempt) => attempt.failure?.title ?? '', shrinks: true },
    ],
    'No attempts yet.',
  )
}
