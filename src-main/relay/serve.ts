import { CommanderError } from 'commander'
import { findInstallation } from '#main/compose/installation.ts'
import { readSettings } from '#main/compose/settings.ts'
import { explainStartFailure } from '#main/compose/start-error.ts'
import { start } from '#main/compose/start.ts'
import { greeting, readyLine } from './greeting.ts'
import { relayCommand, type RelayOptions } from './options.ts'
import { firstStopSignal } from '#main/compose/process/stop-signals.ts'

/** How long deliveries in flight may take to end once a signal to stop came. */
const GRACE_MS = 10_000

async function serve(options: RelayOptions): Promise<void> {
  const stopped = firstStopSignal()
  const running = await start({
    ...readSettings(options),
    ...findInstallation(),
    host: options.host,
    port: options.port,
    capturePort: options.capturePort,
  })
  process.stdout.write(`${options.json ? readyLine(running) : greeting(running, options.insteadOfDesktop)}\n`)
  await stopped
  await running.stop(GRACE_MS)
  process.exit(0)
}

/** Exit codes: 0 stopped or helped, 1 could not start, 2 wrong use. */
function report(error: unknown): never {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2)
  const words = explainStartFailure(error)
  if (words === null) throw error
  process.stderr.write(`${words}\n`)
  process.exit(1)
}

/** Reads the command line and serves until a signal to stop; the process ends with it. */
export async function runRelay(): Promise<void> {
  await relayCommand(serve).exitOverride().parseAsync().catch(report)
}
