import { app, powerMonitor } from 'electron'

/** How long deliveries in flight may take to end at quit. */
const GRACE_MS = 10_000

interface QuitDeps {
  /** Finishes what is under way, within `graceMs`. */
  stop(graceMs: number): Promise<void>
  onStopping(): void
}

export interface Quit {
  isQuitting(): boolean
  /** Finishes what is under way, then leaves by `way`, which quits in turn. */
  quitThrough(way: () => void): void
}

/** Electron quits only after what is in flight has ended; asking again does not wait. */
export function quitGracefully({ stop, onStopping }: QuitDeps): Quit {
  let stopping: 'no' | 'now' | 'done' = 'no'
  let leave = (): void => app.quit()
  app.on('before-quit', (event) => {
    if (stopping === 'done') return
    event.preventDefault()
    // What is cut off now is sent again at the next start.
    if (stopping === 'now') return app.exit(0)
    stopping = 'now'
    onStopping()
    void stop(GRACE_MS).finally(() => {
      stopping = 'done'
      leave()
    })
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit())
  // The system waits a little for whoever asks it to.
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault()
    app.quit()
  })
  return {
    isQuitting: () => stopping !== 'no',
    quitThrough(way) {
      leave = way
      app.quit()
    },
  }
}
