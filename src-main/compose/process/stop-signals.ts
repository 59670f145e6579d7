import { constants } from 'node:os'

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** One Ctrl-C often arrives twice, from the terminal and from npm: signals this close together are one. */
const SAME_SIGNAL_MS = 300

/** Resolves at the first signal to stop; a later one ends the process at once. */
export function firstStopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let firstAt: number | null = null
    const onSignal = (signal: NodeJS.Signals) => {
      const now = performance.now()
      if (firstAt === null) {
        firstAt = now
        resolve()
      } else if (now - firstAt > SAME_SIGNAL_MS) {
        process.exit(128 + constants.signals[signal])
      }
    }
    for (const signal of STOP_SIGNALS) process.on(signal, onSignal)
  })
}
