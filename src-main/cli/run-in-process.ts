import { findInstallation } from '#main/compose/installation.ts'
import { runCli } from './run-cli.ts'
import { processTerminal } from './terminal/process-terminal.ts'

/** Runs the command line that this process was started with; resolves to its exit code. */
export async function runInProcess(): Promise<number> {
  return runCli(process.argv.slice(2), { version: findInstallation().version, terminal: processTerminal() })
}
