// The command line over a running Hookloop's API.
import { findInstallation } from '#main/compose/installation.ts'
import { runCli } from './run-cli.ts'
import { processTerminal } from './terminal/process-terminal.ts'

// Whoever reads has read enough: `hookloop events --follow | head -1` is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

process.exitCode = await runCli(process.argv.slice(2), {
  version: findInstallation().version,
  terminal: processTerminal(),
})
