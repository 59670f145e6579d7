import { Worker } from 'node:worker_threads'
import { StoreUnavailableError } from '#main/engine/ports.ts'
import type { Answered } from './answered.ts'
import { endThread } from './end-thread.ts'

const CLOSED = 'the database is closed'

interface Waiting {
  resolve(answer: unknown): void
  reject(error: unknown): void
}

export interface AskedThread {
  /**
   * Resolves to the thread's answer. `toCallOff` is what it is told where `signal` ends the question, which then rejects with
   * the signal's reason. Throws `StoreUnavailableError` where the thread ends, is closed, or cannot read now.
   */
  ask(question: object, calling?: { signal: AbortSignal | undefined; toCallOff: object }): Promise<unknown>
  /** Says something that is not answered. */
  tell(message: object): void
  /** Has the thread put away what it holds and end; what it was asked and did not answer by then fails. */
  close(): Promise<void>
}

/**
 * A thread that begins with the first that it is told and stays; one that ends is begun anew by the next. `program` is its
 * file, `path` the database's, `ended` why questions fail where it ends.
 */
export function createAskedThread({
  program,
  path,
  ended,
}: {
  program: string
  path: string
  ended: string
}): AskedThread {
  const waiting = new Map<number, Waiting>()
  let thread: Worker | null = null
  let asked = 0
  let isClosed = false

  function begin(): Worker {
    const begun = new Worker(program, { workerData: path })
    // Whoever waits for an answer holds the program, not the thread.
    begun.unref()
    begun.on('message', hear)
    begun.once('error', (error: Error) => end(begun, new StoreUnavailableError(error.message, { cause: error })))
    begun.once('exit', () => end(begun, new StoreUnavailableError(isClosed ? CLOSED : ended)))
    return begun
  }

  function end(gone: Worker, error: Error): void {
    if (thread !== gone) return
    thread = null
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }

  function hear(told: Answered): void {
    const asker = waiting.get(told.id)
    waiting.delete(told.id)
    if ('answer' in told) asker?.resolve(told.answer)
    else asker?.reject(told.reason === null ? new Error(told.message) : new StoreUnavailableError(told.reason))
  }

  function tell(message: object): void {
    if (isClosed) return
    thread ??= begin()
    thread.postMessage(message)
  }

  /** Calls the question off with the signal; answers what is to be done once it is settled. */
  function listen(id: number, { signal, toCallOff }: { signal: AbortSignal; toCallOff: object }): () => void {
    const callOff = (): void => {
      const asker = waiting.get(id)
      waiting.delete(id)
      tell({ ...toCallOff, id })
      asker?.reject(signal.reason)
    }
    signal.addEventListener('abort', callOff, { once: true })
    return () => signal.removeEventListener('abort', callOff)
  }

  return {
    tell,

    async ask(question, calling) {
      const signal = calling?.signal
      signal?.throwIfAborted()
      if (isClosed) throw new StoreUnavailableError(CLOSED)
      const id = ++asked
      const stop = calling && signal ? listen(id, { ...calling, signal }) : () => {}
      try {
        return await new Promise<unknown>((resolve, reject) => {
          waiting.set(id, { resolve, reject })
          tell({ ...question, id })
        })
      } finally {
        stop()
      }
    },

    async close() {
      isClosed = true
      if (thread !== null) await endThread(thread)
    },
  }
}
