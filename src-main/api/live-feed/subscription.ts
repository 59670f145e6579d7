import { AsyncIteratorClass, withEventMeta } from '@orpc/server'
import type { FeedItem } from '#shared/contract/feed.ts'

/** A feed item with its place in the sequence. */
export interface FeedEntry {
  id: string
  item: FeedItem
}

/** One listener's queue. */
export interface Subscription {
  items: AsyncIteratorClass<FeedItem, void, void>
  push(entry: FeedEntry): void
  /** What is queued is still handed out, then the iteration ends. */
  end(): void
}

/** A listener that falls `limit` items behind loses its queue and is told so by one `gap`. */
export function createSubscription(limit: number, onEnd: () => void): Subscription {
  let queue: FeedEntry[] = []
  let ended = false
  let wake: (() => void) | null = null

  function end(): void {
    ended = true
    wake?.()
  }

  const items = new AsyncIteratorClass<FeedItem, void, void>(
    async () => {
      while (queue.length === 0 && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      const entry = queue.shift()
      if (!entry) return { done: true, value: undefined }
      return { done: false, value: withEventMeta({ ...entry.item }, { id: entry.id }) }
    },
    async () => {
      queue = []
      end()
      onEnd()
    },
  )

  return {
    items,
    push(entry) {
      if (ended) return
      if (queue.length < limit) queue.push(entry)
      else queue = [{ id: entry.id, item: { type: 'gap' } }]
      wake?.()
    },
    end,
  }
}
