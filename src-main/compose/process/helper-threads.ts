import { readdirSync, readFileSync } from 'node:fs'
import { setPriority } from 'node:os'

/** How Linux shows the threads with which V8 marks, sweeps and compiles. */
const HELPER = 'V8Worker'
/** Of 19: such a thread gets about a tenth of a processor that others want, too. */
const NICENESS = 10

/**
 * Lets V8's own threads step back behind the main one. While they mark the heap they want each processor for a tenth of a
 * second, and where there are two, deliveries and whatever else runs on the machine wait for that long. Linux alone has a
 * priority for each thread; elsewhere, and where it is not allowed, all stays as it is.
 */
export function letHelpersStepBack(): void {
  if (process.platform !== 'linux') return
  try {
    for (const thread of readdirSync('/proc/self/task')) {
      const name = readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').trim()
      if (name === HELPER) setPriority(Number(thread), NICENESS)
    }
  } catch {
    // A thread that has just ended, or a machine that hides them: nothing depends on it.
  }
}
