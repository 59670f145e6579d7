import { setImmediate } from 'node:timers/promises'
import type { EventCount, Page } from '#main/engine/ports.ts'
import { encodePlace, toPage } from '../cursor.ts'
import type { FoundEvent, Step } from './scan-events.ts'

/** How long one search looks on before it answers with what it has. */
const LONGEST_MS = 10_000

export interface Gathering {
  steps: Iterable<Step>
  signal: AbortSignal | undefined
}

/** The first `limit` events that a search finds. One that looks for very long ends early, with the cursor to go on from. */
export async function gatherPage({ steps, signal }: Gathering, limit: number): Promise<Page<FoundEvent>> {
  const found: FoundEvent[] = []
  const endsAt = performance.now() + LONGEST_MS
  for (const step of steps) {
    found.push(...step.found)
    if (found.length > limit) break
    if (performance.now() > endsAt && step.reached) return { items: found, nextCursor: encodePlace(step.reached) }
    // What delivers, and who calls this off, gets a turn.
    await setImmediate(undefined, { signal })
  }
  return toPage(found, { limit, cursor: null }, (each) => each)
}

/** How many events a search finds, up to `most`. One that looks for very long tells that there may be more. */
export async function gatherCount({ steps, signal }: Gathering, most: number): Promise<EventCount> {
  let count = 0
  const endsAt = performance.now() + LONGEST_MS
  for (const step of steps) {
    count += step.found.length
    if (count > most) return { count: most, isMore: true }
    if (performance.now() > endsAt && step.reached) return { count, isMore: true }
    await setImmediate(undefined, { signal })
  }
  return { count, isMore: false }
}
