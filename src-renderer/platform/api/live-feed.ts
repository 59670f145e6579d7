import { getEventMeta } from '@orpc/client'
import type { FeedItem } from '#shared/contract/feed.ts'
import { whenIdle } from '../browser/idle.ts'
import { createObservable } from '../browser/observable.ts'
import { refusalOf } from './refusal.ts'
import type { Session } from './session.ts'

/**
 * What the window knows of its link to the engine; `forbidden` where its key may not follow changes. While it reconnects,
 * what is shown is as it was at `heardAt`, unix ms, when the engine was last heard; null where it never was.
 */
export type LinkState =
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'forbidden' }
  | { kind: 'reconnecting'; heardAt: number | null; cause: 'closed' | 'silent' }

export const linkState = createObservable<LinkState>({ kind: 'connecting' })
/** When the engine was last heard, unix ms, to the second. */
export const heardAt = createObservable<number | null>(null)
/** True while a person has stopped new rows from showing. */
export const isPaused = createObservable(false)

export interface FeedTimings {
  /** How often the engine says that it is there. */
  beatMs: number
  /** After so long without a word, the link is dead whatever the connection says. */
  silenceMs: number
  /** The wait before a new attempt doubles from the first to the longest. */
  firstWaitMs: number
  longestWaitMs: number
}

const TIMINGS: FeedTimings = { beatMs: 5_000, silenceMs: 12_000, firstWaitMs: 250, longestWaitMs: 4_000 }

/** Set while a wait for the next attempt runs. */
let endWait: (() => void) | null = null

/** Tries to reconnect at once. */
export function reconnectNow(): void {
  endWait?.()
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      endWait = null
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
    endWait = done
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

/** Calls `onSilence` once nothing was heard for `ms`. */
function createWatch(ms: number, onSilence: () => void) {
  let timer = setTimeout(onSilence, ms)
  const stop = (): void => clearTimeout(timer)
  return {
    heard(): void {
      stop()
      timer = setTimeout(onSilence, ms)
    },
    stop,
  }
}

/** Reads the feed until `signal` ends it, connecting again whenever it breaks or falls silent. */
export async function followFeed(
  session: Session,
  apply: (items: readonly FeedItem[]) => void,
  signal: AbortSignal,
  timings: FeedTimings = TIMINGS,
): Promise<void> {
  const push = createBatch((items) => !signal.aborted && apply(items))
  let lastEventId: string | undefined
  let waitMs = timings.firstWaitMs
  while (!signal.aborted) {
    const silence = new AbortController()
    const watch = createWatch(timings.silenceMs, () => silence.abort())
    try {
      const options = { signal: AbortSignal.any([signal, silence.signal]), lastEventId }
      for await (const item of await session.client.feed({ beatMs: timings.beatMs }, options)) {
        watch.heard()
        heardAt.set(Math.floor(Date.now() / 1_000) * 1_000)
        lastEventId = getEventMeta(item)?.id ?? lastEventId
        if (item.type === 'ready') {
          waitMs = timings.firstWaitMs
          linkState.set({ kind: 'live' })
          // What was read before the feed was open, or while it was down, may be out of date. What is read for the first
          // time is to be shown before it is read again.
          whenIdle(() => push({ type: 'gap' }))
        } else if (item.type !== 'beat') push(item)
      }
    } catch (error) {
      if (refusalOf(error).code === 'forbidden') {
        linkState.set({ kind: 'forbidden' })
        return
      }
      // Whatever else ended it, the state below says so and the next turn connects again.
    } finally {
      watch.stop()
    }
    if (signal.aborted) return
    const cause = silence.signal.aborted ? 'silent' : 'closed'
    if (linkState.get().kind !== 'reconnecting') {
      linkState.set({ kind: 'reconnecting', heardAt: heardAt.get(), cause })
    }
    await wait(waitMs, signal)
    waitMs = Math.min(waitMs * 2, timings.longestWaitMs)
  }
}
