import { setImmediate } from 'node:timers/promises'
import type { EventCount, Page } from '#main/engine/ports.ts'
import { encodePlace, toPage, type Place } from '../cursor.ts'
import type { Steps } from './finding/step.ts'

/** How long one search looks on before it answers with what it has. */
const LONGEST_MS = 10_000

export interface Gathering<T extends Place> {
  steps: Steps<T>
  signal: AbortSignal | undefined
}

/** The first `limit` that a search finds. One that looks for very long ends early, with the cursor to go on from. */
export async function gatherPage<T extends Place>({ steps, signal }: Gathering<T>, limit: number): Promise<Page<T>> {
  const found: T[] = []
  const endsAt = performance.now() + LONGEST_MS
  for (const step of steps) {
    found.push(...step.found)
    if (found.length > limit || step.reached === null) break
    if (performance.now() > endsAt) return { items: found, nextCursor: encodePlace(step.reached) }
    await giveTurn(signal)
  }
  return toPage(found, { limit, cursor: null }, (each) => each)
}

/** How many a search finds, up to `most`. One that looks for very long tells that there may be more. */
export async function gatherCount({ steps, signal }: Gathering<Place>, most: number): Promise<EventCount> {
  let count = 0
  const endsAt = performance.now() + LONGEST_MS
  for (const step of steps) {
    count += step.found.length
    if (count > most) return { count: most, isMore: true }
    if (step.reached === null) break
    if (performance.now() > endsAt) return { count, isMore: true }
    await giveTurn(signal)
  }
  return { count, isMore: false }
}

/** What else this thread does, and who calls the search off, comes in between. */
async function giveTurn(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate()
  signal?.throwIfAborted()
}
