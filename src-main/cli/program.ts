import { Command } from 'commander'
import { exportCommand, importCommand } from './commands/archive.ts'
import { backupCommand } from './commands/backup.ts'
import { auditCommand } from './commands/audit.ts'
import { deliveriesCommand } from './commands/deliveries.ts'
import { endpointsCommand } from './commands/endpoints.ts'
import { eventsCommand } from './commands/events.ts'
import { keysCommand } from './commands/keys.ts'
import { replayCommand } from './commands/replay.ts'
import { restoreCommand } from './commands/restore.ts'
import { runCommand } from './commands/run.ts'
import { salvageCommand } from './commands/salvage.ts'
import { vaultCommand } from './commands/vault.ts'
import { addSharedOptions } from './shared-options.ts'

const EXIT_CODES = `
Examples:
  hookloop serve                                run the relay
  hookloop events                               what came in
  hookloop --url http://127.0.0.1:4780 events   from a relay named by its address

Exit codes: 0 done, 1 failed, 2 wrong use, 3 relay not reachable, 4 refused by the relay,
5 succeeded in part (run)`

/** The command line; `serve` and `start` stand in its help but are run by the bin, which picks a host. */
export function createProgram(version: string): Command {
  const program = new Command('hookloop')
    .description('See, send, retry and replay webhooks.')
    .version(version)
    .enablePositionalOptions()
    .showHelpAfterError()
    .addHelpText('after', EXIT_CODES)
  program.command('start').description('open the desktop app, or run the relay where there is none')
  program.command('serve').description('run the relay: serve --help')
  const commands = [
    eventsCommand(),
    deliveriesCommand(),
    endpointsCommand(),
    replayCommand(),
    runCommand(),
    keysCommand(),
    vaultCommand(),
    salvageCommand(),
    auditCommand(),
    backupCommand(),
    restoreCommand(),
    exportCommand(),
    importCommand(),
  ]
  for (const command of commands) program.addCommand(command)
  addSharedOptions(program)
  everyCommand(program, (command) => command.exitOverride().copyInheritedSettings(program))
  return program
}

function everyCommand(command: Command, visit: (command: Command) => void): void {
  visit(command)
  for (const child of command.commands) everyCommand(child, visit)
}
