import type { MessagePortMain } from 'electron'
import { findInstallation } from '#main/compose/installation.ts'
import { readSettings } from '#main/compose/settings.ts'
import { explainStartFailure } from '#main/compose/start-error.ts'
import { startOnFreePorts } from '#main/compose/start-on-free-ports.ts'
import type { Running } from '#main/compose/start.ts'
import type { StartState } from '#shared/model/start-state.ts'
import { keychain } from '../system/keychain.ts'

interface ProductDeps {
  onState(state: StartState): void
  onRunning(running: Running): void
}

/** The product behind the window: it starts, may fail to and be started again, and stops once. */
export interface Product {
  running(): Running | null
  start(): Promise<void>
  stop(graceMs: number): Promise<void>
  /** Serves the API over a port; false while nothing is running. */
  connect(port: MessagePortMain): boolean
}

export function createProduct({ onState, onRunning }: ProductDeps): Product {
  let running: Running | null = null
  let starting: Promise<void> | null = null

  async function start(): Promise<void> {
    onState({ kind: 'starting' })
    let dataDirectory: string | null = null
    try {
      const settings = readSettings()
      dataDirectory = settings.dataDirectory
      const place = { host: '127.0.0.1', port: 4780, capturePort: 4781 }
      running = await startOnFreePorts({ ...settings, ...findInstallation(), ...place, keychain })
    } catch (error) {
      onState({ kind: 'failed', ...wordsOf(error), dataDirectory })
      return
    }
    onRunning(running)
  }

  return {
    running: () => running,
    start: () => (starting ??= start().finally(() => (starting = null))),
    async stop(graceMs) {
      await starting
      await running?.stop(graceMs)
      running = null
    },
    connect(port) {
      running?.connectPort(port)
      return running !== null
    },
  }
}

/** A sentence and, where one is known, what to do; a bug shows its stack, which is what helps with it. */
function wordsOf(error: unknown): { message: string; detail: string } {
  const [message = '', ...rest] = (explainStartFailure(error) ?? '').split('\n')
  if (message !== '') return { message, detail: rest.join('\n') }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { message: 'Hookloop met an error that it does not know.', detail: stack }
}
