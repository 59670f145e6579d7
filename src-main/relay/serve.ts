import { CommanderError } from 'commander'
import { ConfigurationError, readConfiguration } from '#main/compose/configuration/read-configuration.ts'
import type { YamlFile } from '#main/compose/configuration/read-yaml.ts'
import { findInstallation } from '#main/compose/installation.ts'
import { readSettings } from '#main/compose/settings.ts'
import { explainStartFailure } from '#main/compose/start-error.ts'
import { start } from '#main/compose/start.ts'
import { greeting, readyLine } from './greeting.ts'
import { relayCommand, type RelayOptions } from './options.ts'
import { firstStopSignal } from '#main/compose/process/stop-signals.ts'

async function serve({ config, json, insteadOfDesktop, ...flags }: RelayOptions): Promise<void> {
  const stopped = firstStopSignal()
  const path = config ?? (process.env['HOOKLOOP_CONFIG'] || null)
  const file = path === null ? null : await readFile(path)
  const { data, keyFile, graceSeconds, ...configuration } = readConfiguration({ flags, env: process.env, file })
  const running = await start({ ...configuration, ...readSettings({ data, keyFile }), ...findInstallation() })
  process.stdout.write(`${json ? readyLine(running) : greeting(running, insteadOfDesktop)}\n`)
  await stopped
  await running.stop(graceSeconds * 1_000)
  process.exit(0)
}

/** Loads what reads it only where there is one. */
async function readFile(path: string): Promise<YamlFile> {
  const { readSettingsFile } = await import('#main/compose/configuration/read-file.ts')
  return readSettingsFile(path)
}

/** Exit codes: 0 stopped or helped, 1 could not start, 2 wrong use. */
function report(error: unknown): never {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2)
  const words = explainStartFailure(error)
  if (words === null) throw error
  process.stderr.write(`${words}\n`)
  process.exit(error instanceof ConfigurationError ? 2 : 1)
}

/** Reads the command line and serves until a signal to stop; the process ends with it. */
export async function runRelay(): Promise<void> {
  await relayCommand(serve).exitOverride().parseAsync().catch(report)
}
