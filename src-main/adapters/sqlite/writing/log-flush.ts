import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs'

/** Brings what was committed from the system's memory to the disk. */
export interface LogFlush {
  /** Waits on another thread; `done` hears of a disk that fails. One at a time. */
  begin(done: (error: Error | null) => void): void
  /** Waits here. Throws where the disk fails. */
  now(): void
  close(): void
}

/**
 * Flushes the write-ahead log of the database at `path`, which lasts as long as the database is open. SQLite itself flushes
 * log and database around each checkpoint; it keeps no locks on the log, so that a second handle does no harm.
 */
export function createLogFlush(path: string): LogFlush {
  let handle: number | null = null

  /** Null before the first commit that changed anything: there is no log yet. */
  function opened(): number | null {
    try {
      // Writable, since Windows flushes no handle that only reads.
      handle ??= openSync(`${path}-wal`, 'r+')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
    return handle
  }

  return {
    begin(done) {
      try {
        const file = opened()
        if (file === null) setImmediate(done, null)
        else fdatasync(file, done)
      } catch (error) {
        setImmediate(done, error as Error)
      }
    },
    now() {
      const file = opened()
      if (file !== null) fdatasyncSync(file)
    },
    close() {
      if (handle !== null) closeSync(handle)
      handle = null
    },
  }
}
