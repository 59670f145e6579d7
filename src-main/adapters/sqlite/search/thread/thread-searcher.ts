import { createAskedThread } from '../../threads/asked-thread.ts'
import type { Searcher } from '../searcher.ts'
import type { Asked, Question } from './told.ts'

/** New events are told of this often at most; a search finds them before. */
const TELL_EVERY_MS = 200

/**
 * Searches on a thread of its own, which also keeps the index up with the database. It begins with the first event that is
 * stored or looked for. `program` is the thread's file, `path` the database's.
 */
export function createThreadSearcher({ program, path }: { program: string; path: string }): Searcher {
  const thread = createAskedThread({ program, path, ended: 'the search ended' })
  let isClosed = false
  let telling: NodeJS.Timeout | null = null

  function tell(message: Asked): void {
    thread.tell(message)
  }

  async function ask<T>(
    kind: Question['kind'],
    { signal, ...search }: { signal: AbortSignal | undefined },
    limit: number,
  ): Promise<T> {
    return (await thread.ask({ kind, search, limit }, { signal, toCallOff: { kind: 'callOff' } })) as T
  }

  return {
    events: (search, limit) => ask('events', search, limit),
    countEvents: (search, most) => ask('countEvents', search, most),
    deliveries: (search, limit) => ask('deliveries', search, limit),

    noteStored() {
      if (telling !== null || isClosed) return
      telling = setTimeout(() => {
        telling = null
        tell({ kind: 'stored' })
      }, TELL_EVERY_MS)
      telling.unref()
    },

    noteRemoved: (keys) => tell({ kind: 'removed', keys }),

    async close() {
      isClosed = true
      if (telling !== null) clearTimeout(telling)
      await thread.close()
    },
  }
}
