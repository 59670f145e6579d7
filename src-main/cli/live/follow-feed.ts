import { setTimeout as wait } from 'node:timers/promises'
import { getEventMeta } from '@orpc/client'
import type { FeedItem } from '#shared/contract/feed.ts'
import type { Api } from '../connection.ts'
import { explain, EXIT } from '../exit.ts'

/** What a person is told on the way. */
export const LINK_WORDS = {
  begun: 'Following; Ctrl-C ends it.',
  lost: 'The link to the relay is cut; trying again.',
}

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 4_000

export interface FeedOrder {
  /** Asked again before each try: a relay that was started anew has another address and token. */
  connect(): Api
  signal: AbortSignal
  /** Told once, when what comes from now on is seen. */
  onBegun?(): void
  /** Told once for each cut. */
  onLost?(): void
}

/**
 * The relay's live changes, the first of them `ready`. After a cut it goes on where it was, with a `ready` again, and a
 * `gap` where something may be missing. Ends with the signal; throws what the first connection fails with, and a refusal
 * at any time.
 */
export async function* followFeed({ connect, signal, onBegun, onLost }: FeedOrder): AsyncGenerator<FeedItem> {
  let lastEventId: string | undefined
  let waitMs = FIRST_WAIT_MS
  let begun = false
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    try {
      for await (const item of await connect().feed({}, { signal, lastEventId })) {
        if (signal.aborted) return
        lastEventId = getEventMeta(item)?.id ?? lastEventId
        yield item
        if (item.type !== 'ready') continue
        waitMs = FIRST_WAIT_MS
        if (!begun) onBegun?.()
        begun = true
      }
    } catch (error) {
      if (signal.aborted) return
      if (isFirst || explain(error)?.exitCode === EXIT.refused) throw error
    }
    if (signal.aborted) return
    if (waitMs === FIRST_WAIT_MS) onLost?.()
    await wait(waitMs, undefined, { signal }).catch(() => {})
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
  }
}
