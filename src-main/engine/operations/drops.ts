import { AppError } from '#shared/model/app-error.ts'
import type { EndpointConfig } from '#shared/model/endpoint.ts'
import { takesType } from '#shared/model/event-type-filter.ts'

/** Something that decides which events go out, or as what, and that a change would lose. */
export interface Drop {
  field: 'transformation' | 'condition' | 'eventTypes'
  /** In words, such as `the event type audit.failed`. */
  what: string
}

/** What a change would lose without a word: a mapping, a condition, or event types that nothing else takes. */
export function dropsOf(before: EndpointConfig, after: EndpointConfig): readonly Drop[] {
  const drops: Drop[] = []
  if (before.transformation !== null && after.transformation === null) {
    drops.push({ field: 'transformation', what: before.kind === null ? 'the transformation' : 'the mapping' })
  }
  if (before.condition !== null && after.condition === null) drops.push({ field: 'condition', what: 'the condition' })
  const lost = before.eventTypes.filter((type) => !after.eventTypes.some((filter) => covers(filter, type)))
  if (lost.length > 0) {
    const words = lost.length === 1 ? 'the event type' : 'the event types'
    drops.push({ field: 'eventTypes', what: `${words} ${listed(lost)}` })
  }
  return drops
}

/** Throws `AppError` `would_drop`, naming all that a change would lose. */
export function refuseDrops(before: EndpointConfig, after: EndpointConfig): void {
  const drops = dropsOf(before, after)
  const [first] = drops
  if (!first) return
  throw new AppError('would_drop', `This change would drop ${listed(drops.map(({ what }) => what))}.`, {
    field: first.field,
    hint: 'Send it again with confirm: true to drop that, or leave those fields as they are.',
  })
}

/** Whether one filter entry takes all that another does. */
function covers(filter: string, other: string): boolean {
  if (!other.endsWith('.*')) return takesType(filter, other)
  return filter === '*' || (filter.endsWith('.*') && other.startsWith(filter.slice(0, -1)))
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
