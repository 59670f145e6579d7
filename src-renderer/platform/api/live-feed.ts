import { getEventMeta } from '@orpc/client'
import type { FeedItem } from '#shared/contract/feed.ts'
import { createObservable } from '../browser/observable.ts'
import { refusalOf } from './refusal.ts'
import type { Session } from './session.ts'

/** What the window knows of its link to the engine; `forbidden` where its key may not follow changes. */
export type LinkState =
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'forbidden' }
  | { kind: 'reconnecting'; sinceAt: number }

export const linkState = createObservable<LinkState>({ kind: 'connecting' })
/** True while a person has stopped new rows from showing. */
export const isPaused = createObservable(false)

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 4_000

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}

/** Collects items and hands them on together, once a frame, so that a burst costs one render. */
function createBatch(deliver: (items: readonly FeedItem[]) => void): (item: FeedItem) => void {
  let waiting: FeedItem[] = []
  const flush = (): void => {
    const items = waiting
    waiting = []
    deliver(items)
  }
  return (item) => {
    waiting.push(item)
    if (waiting.length > 1) return
    // A hidden page gets no frames.
    if (document.hidden) setTimeout(flush, 50)
    else requestAnimationFrame(flush)
  }
}

/** Reads the feed until `signal` ends it, connecting again whenever it breaks. */
export async function followFeed(
  session: Session,
  apply: (items: readonly FeedItem[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const push = createBatch((items) => !signal.aborted && apply(items))
  let lastEventId: string | undefined
  let waitMs = FIRST_WAIT_MS
  while (!signal.aborted) {
    try {
      for await (const item of await session.client.feed({}, { signal, lastEventId })) {
        lastEventId = getEventMeta(item)?.id ?? lastEventId
        if (item.type !== 'ready') {
          push(item)
          continue
        }
        waitMs = FIRST_WAIT_MS
        linkState.set({ kind: 'live' })
        // What was read before the feed was open, or while it was down, may be out of date.
        push({ type: 'gap' })
      }
    } catch (error) {
      if (refusalOf(error).code === 'forbidden') {
        linkState.set({ kind: 'forbidden' })
        return
      }
      // Whatever else ended it, the state below says so and the next turn connects again.
    }
    if (signal.aborted) return
    const state = linkState.get()
    if (state.kind !== 'reconnecting') linkState.set({ kind: 'reconnecting', sinceAt: Date.now() })
    await wait(waitMs, signal)
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
  }
}
