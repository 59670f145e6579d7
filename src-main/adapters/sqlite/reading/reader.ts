import { Worker } from 'node:worker_threads'
import type { Database } from 'better-sqlite3'
import { StoreUnavailableError } from '#main/engine/ports.ts'
import { prepareReads, type ReadAnswer, type ReadInput, type ReadName } from './reads.ts'

/** Reads that may take long, by a connection of their own, so that what delivers never waits for them. */
export interface Reader {
  /** What is committed by now. Throws `StoreUnavailableError`. */
  read<N extends ReadName>(name: N, input: ReadInput<N>): Promise<ReadAnswer<N>>
  close(): Promise<void>
}

/** What the thread is asked for. */
export interface Asked {
  id: number
  name: ReadName
  input: unknown
}

/** What it tells; `reason` where the storage cannot be read now. */
export type Told = { id: number; answer: unknown } | { id: number; message: string; reason: string | null }

const CLOSED = 'the database is closed'

/** Reads at once, on a connection that is there and stays. */
export function createLocalReader(db: Database): Reader {
  const reads: { [N in ReadName]: (input: ReadInput<N>) => ReadAnswer<N> } = prepareReads(db)
  return {
    read: async (name, input) => reads[name](input),
    close: async () => {},
  }
}

/**
 * Reads on a thread that begins with the first read and stays; one that ends is begun anew by the next. `program` is the
 * thread's file, `path` the database's.
 */
export function createThreadReader({ program, path }: { program: string; path: string }): Reader {
  const waiting = new Map<number, { resolve(answer: never): void; reject(error: Error): void }>()
  let thread: Worker | null = null
  let asked = 0
  let isClosed = false

  function begin(): Worker {
    const begun = new Worker(program, { workerData: path })
    // Whoever waits for an answer holds the program, not the thread.
    begun.unref()
    begun.on('message', hear)
    begun.once('error', (error: Error) => end(begun, new StoreUnavailableError(error.message, { cause: error })))
    begun.once('exit', () => end(begun, new StoreUnavailableError(isClosed ? CLOSED : 'the reader ended')))
    return begun
  }

  function end(ended: Worker, error: Error): void {
    if (thread !== ended) return
    thread = null
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }

  function hear(told: Told): void {
    const asker = waiting.get(told.id)
    waiting.delete(told.id)
    if ('answer' in told) asker?.resolve(told.answer as never)
    else asker?.reject(told.reason === null ? new Error(told.message) : new StoreUnavailableError(told.reason))
  }

  return {
    read(name, input) {
      if (isClosed) return Promise.reject(new StoreUnavailableError(CLOSED))
      return new Promise((resolve, reject) => {
        const id = ++asked
        waiting.set(id, { resolve, reject })
        thread ??= begin()
        thread.postMessage({ id, name, input } satisfies Asked)
      })
    },
    async close() {
      isClosed = true
      await thread?.terminate()
    },
  }
}
