import type { Database } from 'better-sqlite3'
import { StoreUnavailableError, type Log } from '#main/engine/ports.ts'
import { createAcknowledgements } from './acknowledgements.ts'
import { createLogFlush, type LogFlush } from './log-flush.ts'
import { isBusy, translated } from '../unavailable.ts'

/**
 * Runs `work` inside a transaction and resolves once it is on disk. It may run twice, so it changes only the database.
 * `flushed: false` resolves once the system has it, and all before it is on disk: a crash of the program keeps it, a power
 * cut may undo it, and whatever is flushed later carries it along.
 */
export type Write = <T>(work: () => T, options?: { flushed: boolean }) => Promise<T>

export interface Writer {
  write: Write
  /** Commits nothing more until the function that it returns is called, or the writer closes. */
  hold(): () => void
  /** Commits what is queued and takes no more. */
  close(): void
}

/** What is told of transactions. */
export interface Around {
  onCommit(): void
  /** All writes that share it are done: what was gathered from them belongs into it. */
  beforeCommit(): void
  afterRollback(): void
}

interface Job {
  flushed: boolean
  /** Runs the work; the returned function tells its caller, once it is durable. */
  run(): () => void
  reject(error: unknown): void
}

/** At most so many writes share a commit, which bounds how long the event loop stands still. */
const BATCH_LIMIT = 256
const DISK_FAILED = 'the disk reports an error'
/** While another program holds the database, a batch is tried again this far apart, for so long: a backup may take its time. */
const BUSY_WAIT_MS = 50
const BUSY_PATIENCE_MS = 40_000

/**
 * One writer with group commit: what arrives while a commit runs is committed together by the next. SQLite leaves the
 * commit to the system, and the flush that makes it durable runs on another thread, so that the event loop never waits
 * for the disk; callers hear of it afterwards, exactly as with `synchronous = FULL`.
 */
export function createWriter(
  db: Database,
  log: Log,
  { disk = createLogFlush(db.name), ...around }: Partial<Around> & { disk?: LogFlush | undefined } = {},
): Writer {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const rollback = db.prepare('ROLLBACK')
  const acknowledgements = createAcknowledgements(disk)
  db.pragma('synchronous = NORMAL')
  const queue: Job[] = []
  let cancelFlush: (() => void) | null = null
  let busyTries = 0
  let holds = 0
  let closed = false

  function soon(): void {
    const handle = setImmediate(flush)
    cancelFlush = () => clearImmediate(handle)
  }

  function later(): void {
    const handle = setTimeout(flush, BUSY_WAIT_MS)
    cancelFlush = () => clearTimeout(handle)
  }

  function flush(): void {
    cancelFlush = null
    if (holds > 0 && !closed) return
    const batch = queue.splice(0, BATCH_LIMIT)
    try {
      commitTogether(batch)
      busyTries = 0
    } catch (error) {
      if (isBusy(error) && !closed && busyTries++ < BUSY_PATIENCE_MS / BUSY_WAIT_MS) {
        queue.unshift(...batch)
        later()
        return
      }
      if (batch.length === 1) refuse(batch[0]!, error)
      else for (const job of batch) commitAlone(job)
    }
    around.onCommit?.()
    if (queue.length > 0 && !closed) soon()
  }

  function commitAlone(job: Job): void {
    try {
      commitTogether([job])
    } catch (error) {
      refuse(job, error)
    }
  }

  function commitTogether(jobs: readonly Job[]): void {
    let tellAll: (() => void)[]
    begin.run()
    try {
      tellAll = jobs.map((job) => job.run())
      around.beforeCommit?.()
      commit.run()
    } catch (error) {
      around.afterRollback?.()
      // Some errors have rolled back already.
      if (db.inTransaction) rollback.run()
      throw error
    }
    acknowledgements.add({
      flushed: jobs.some(({ flushed }) => flushed),
      tell: () => tellAll.forEach((tell) => tell()),
      fail: (error) => jobs.forEach((job) => refuse(job, new StoreUnavailableError(DISK_FAILED, { cause: error }))),
    })
  }

  function refuse(job: Job, error: unknown): void {
    const meant = translated(error)
    if (meant instanceof StoreUnavailableError) log.error('The database took no write', { reason: meant.message })
    job.reject(meant)
  }

  return {
    write<T>(work: () => T, { flushed } = { flushed: true }): Promise<T> {
      if (closed) return Promise.reject(new StoreUnavailableError('the database is closed'))
      return new Promise<T>((resolve, reject) => {
        const run = () => {
          const result = work()
          return () => resolve(result)
        }
        queue.push({ flushed, run, reject })
        if (!cancelFlush) soon()
      })
    },

    hold() {
      holds += 1
      return () => {
        holds -= 1
        if (holds === 0 && queue.length > 0 && !cancelFlush && !closed) soon()
      }
    },

    close() {
      closed = true
      cancelFlush?.()
      while (queue.length > 0) flush()
      acknowledgements.close()
      disk.close()
    },
  }
}
