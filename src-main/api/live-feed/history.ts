import type { FeedItem } from '#shared/contract/feed.ts'
import type { FeedEntry } from './subscription.ts'

/** Gives feed items their ids and remembers the latest ones, so that a listener can come back. */
export interface History {
  add(item: FeedItem): FeedEntry
  /** The id of the latest item. */
  lastId(): string
  /** What came after `id`; null where that is not known any more (or `id` is of another run). */
  since(id: string): readonly FeedEntry[] | null
}

/** `run` tells this history's ids from those of earlier ones. */
export function createHistory(run: string, limit: number): History {
  const entries: FeedEntry[] = []
  let sequence = 0
  const idOf = (number: number) => `${run}-${number}`

  return {
    lastId: () => idOf(sequence),
    add(item) {
      sequence += 1
      const entry = { id: idOf(sequence), item }
      entries.push(entry)
      if (entries.length > limit) entries.shift()
      return entry
    },
    since(id) {
      const [idRun, number, ...rest] = id.split('-')
      if (idRun !== run || rest.length > 0 || !/^\d{1,15}$/.test(number ?? '')) return null
      const missed = sequence - Number(number)
      if (missed < 0 || missed > entries.length) return null
      return entries.slice(entries.length - missed)
    },
  }
}
