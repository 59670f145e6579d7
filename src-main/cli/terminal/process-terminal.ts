import { firstStopSignal } from '#main/compose/process/stop-signals.ts'
import type { Terminal } from './terminal.ts'

/** The terminal, or the pipes, that this process was started with. */
export function processTerminal(): Terminal {
  let stopped: AbortController | null = null
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    now: Date.now,
    untilStopped() {
      if (stopped === null) {
        const controller = new AbortController()
        stopped = controller
        void firstStopSignal().then(() => controller.abort())
      }
      return stopped.signal
    },
  }
}
