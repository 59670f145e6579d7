// The line from the process that stands for Electron's main process to the test, which is its screen and its user.
import { createWire, type Handlers } from './wire.ts'

const handlers: Record<string, Handlers[string]> = {}

/** What the test may ask for; each file of the stand-in adds its own. */
export function answers(more: Handlers): void {
  Object.assign(handlers, more)
}

const wire = createWire(
  {
    // A test that is over closed its end.
    send: (message) => process.connected && process.send?.(message),
    onMessage: (listener) => process.on('message', listener),
  },
  handlers,
)

/** Asks the desk to do or to answer something. */
export const ask = wire.call

/** Tells it something; a desk that is gone does not mind. */
export function tell(name: string, ...args: unknown[]): void {
  ask(name, ...args).catch((error: unknown) => process.stderr.write(`The desk refused ${name}: ${String(error)}\n`))
}
