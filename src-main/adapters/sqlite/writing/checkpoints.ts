import { Worker } from 'node:worker_threads'
import { endThread } from '../threads/end-thread.ts'

/** Brings what the write-ahead log holds into the database, and has the log begin anew before it grows long. */
export interface Checkpoints {
  /** Hears of each commit. `hold` keeps further ones back until the function that it returns is called. */
  committed(hold: () => () => void): void
  close(): Promise<void>
}

/** Brings the log into the database where at least so many pages of it are not there yet. */
export interface Asked {
  atLeast: number
}

/** Pages of the log, and those of them that the database does not have. */
export interface LogLength {
  log: number
  left: number
}

/** How long commits may go unnoticed. */
const LOOK_AFTER_MS = 100
/** So much is brought over at a time: the disk is never busy with it for long. */
const PASS_PAGES = 1_000
/** The log begins anew from here on, before it is longer than the file keeps (`journal_size_limit`). */
const ANEW_PAGES = 3_000
/** No more than this is brought over while commits wait. */
const HELD_PAGES = 1_000

/**
 * Checkpoints on a thread, which begins with the first commit and stays; one that ends is begun anew by a later commit.
 * The log can only begin anew at a moment in which the database has all of it, so commits wait for the last pages, and
 * the event loop for nothing. `program` is the thread's file, `path` the database's.
 */
export function createThreadCheckpoints({ program, path }: { program: string; path: string }): Checkpoints {
  let thread: Worker | null = null
  let answered: ((length: LogLength | null) => void) | null = null
  let timer: NodeJS.Timeout | null = null
  let isClosed = false
  let before = 0
  let anewFrom = ANEW_PAGES

  function begin(): Worker {
    const begun = new Worker(program, { workerData: path })
    begun.unref()
    begun.on('message', (length: LogLength) => tell(length))
    // The database itself goes on with longer passes; the next commits try again here.
    begun.once('error', () => {})
    begun.once('exit', () => {
      if (thread === begun) thread = null
      tell(null)
    })
    return begun
  }

  function tell(length: LogLength | null): void {
    const hear = answered
    answered = null
    hear?.(length)
  }

  /** Null where the thread ended meanwhile. */
  function ask(asked: Asked): Promise<LogLength | null> {
    return new Promise((resolve) => {
      answered = resolve
      thread ??= begin()
      thread.postMessage(asked)
    })
  }

  async function look(hold: () => () => void): Promise<void> {
    const length = await ask({ atLeast: PASS_PAGES })
    if (length === null || isClosed) return
    if (length.log < before) anewFrom = ANEW_PAGES
    before = length.log
    if (length.log < anewFrom || length.left > HELD_PAGES) return
    const release = hold()
    try {
      await ask({ atLeast: 1 })
    } finally {
      release()
    }
    // Where a long read keeps the log from beginning anew, commits are not held again at once.
    anewFrom = length.log + PASS_PAGES
  }

  return {
    committed(hold) {
      if (timer !== null || answered !== null || isClosed) return
      timer = setTimeout(() => {
        timer = null
        void look(hold)
      }, LOOK_AFTER_MS).unref()
    },
    async close() {
      isClosed = true
      if (timer !== null) clearTimeout(timer)
      if (thread !== null) await endThread(thread)
    },
  }
}
