import type { LogFlush } from './log-flush.ts'

/** Writes that one commit keeps. */
export interface Committed {
  /** Whether their callers may be told only once the disk has it. */
  flushed: boolean
  tell(): void
  fail(error: Error): void
}

export interface Acknowledgements {
  /** Tells of a commit once it and all before it are as safe as they must be. */
  add(committed: Committed): void
  /** Flushes and tells what is left. */
  close(): void
}

/**
 * Tells callers in the order of their commits. While the disk works, the next writes are already committed; all that stand
 * before a flush begins share it. One that needs no flush still waits for those before it: nobody acts on what a power cut
 * could take back.
 */
export function createAcknowledgements(log: LogFlush): Acknowledgements {
  const waiting: Committed[] = []
  let flushing = false

  function end(batch: readonly Committed[], error: Error | null): void {
    for (const committed of batch) {
      if (error && committed.flushed) committed.fail(error)
      else committed.tell()
    }
  }

  function goOn(): void {
    if (flushing) return
    const needsFlush = waiting.findIndex(({ flushed }) => flushed)
    end(waiting.splice(0, needsFlush === -1 ? waiting.length : needsFlush), null)
    if (waiting.length === 0) return
    const covered = waiting.length
    flushing = true
    log.begin((error) => {
      flushing = false
      end(waiting.splice(0, covered), error)
      goOn()
    })
  }

  return {
    add(committed) {
      waiting.push(committed)
      goOn()
    },
    close() {
      let failed: Error | null = null
      try {
        if (waiting.some(({ flushed }) => flushed)) log.now()
      } catch (error) {
        failed = error as Error
      }
      end(waiting.splice(0), failed)
    },
  }
}
