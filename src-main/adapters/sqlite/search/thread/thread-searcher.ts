import { Worker } from 'node:worker_threads'
import { StoreUnavailableError } from '#main/engine/ports.ts'
import type { Searcher } from '../searcher.ts'
import type { Asked, Question, Told } from './told.ts'

/** New events are told of this often at most; a search finds them before. */
const TELL_EVERY_MS = 200
/** How long the thread has to put the index away. */
const CLOSE_WITHIN_MS = 2_000
const CLOSED = 'the database is closed'

interface Waiting {
  resolve(answer: never): void
  reject(error: unknown): void
}

/**
 * Searches on a thread of its own, which also keeps the index up with the database. It begins with the first event that is
 * stored or looked for; one that ends is begun anew. `program` is the thread's file, `path` the database's.
 */
export function createThreadSearcher({ program, path }: { program: string; path: string }): Searcher {
  const waiting = new Map<number, Waiting>()
  let thread: Worker | null = null
  let asked = 0
  let isClosed = false
  let telling: NodeJS.Timeout | null = null

  function begin(): Worker {
    const begun = new Worker(program, { workerData: path })
    // Whoever waits for an answer holds the program, not the thread.
    begun.unref()
    begun.on('message', hear)
    begun.once('error', (error: Error) => end(begun, new StoreUnavailableError(error.message, { cause: error })))
    begun.once('exit', () => end(begun, new StoreUnavailableError(isClosed ? CLOSED : 'the search ended')))
    return begun
  }

  function end(ended: Worker, error: Error): void {
    if (thread !== ended) return
    thread = null
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }

  function hear(told: Told): void {
    if (told.kind === 'closed') return
    const asker = waiting.get(told.id)
    waiting.delete(told.id)
    if (told.kind === 'found') asker?.resolve(told.answer as never)
    else asker?.reject(told.reason === null ? new Error(told.message) : new StoreUnavailableError(told.reason))
  }

  function tell(message: Asked): void {
    if (isClosed) return
    thread ??= begin()
    thread.postMessage(message)
  }

  function ask<T>(
    kind: Question['kind'],
    { signal, ...search }: { signal: AbortSignal | undefined },
    limit: number,
  ): Promise<T> {
    if (isClosed) return Promise.reject(new StoreUnavailableError(CLOSED))
    return new Promise<T>((resolve, reject) => {
      signal?.throwIfAborted()
      const id = ++asked
      const callOff = () => {
        waiting.delete(id)
        tell({ kind: 'callOff', id })
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', callOff, { once: true })
      const ended = () => signal?.removeEventListener('abort', callOff)
      waiting.set(id, {
        resolve(answer) {
          ended()
          resolve(answer)
        },
        reject(error) {
          ended()
          reject(error)
        },
      })
      tell({ kind, id, search, limit } as Question)
    })
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
      if (telling !== null) clearTimeout(telling)
      const open = thread
      if (open !== null) {
        await new Promise<void>((resolve) => {
          const late = setTimeout(resolve, CLOSE_WITHIN_MS)
          const done = () => {
            clearTimeout(late)
            resolve()
          }
          open.on('message', ({ kind }: Told) => kind === 'closed' && done())
          open.once('exit', done)
          tell({ kind: 'close' })
          isClosed = true
        })
        await open.terminate()
      }
      isClosed = true
    },
  }
}
