import { Command } from 'commander'
import { applyCommand } from './commands/configuration/apply.ts'
import { catalogCommand } from './commands/catalog.ts'
import { connectCommand } from './commands/connect/connect.ts'
import { deliveriesCommand } from './commands/deliveries.ts'
import { importCommand } from './commands/data/archive.ts'
import { exportCommand } from './commands/configuration/export.ts'
import { completionCommand } from './commands/completion/completion.ts'
import { auditCommand } from './commands/data/audit.ts'
import { backupCommand } from './commands/data/backup.ts'
import { restoreCommand } from './commands/data/restore.ts'
import { salvageCommand } from './commands/data/salvage.ts'
import { doctorCommand } from './commands/doctor/doctor.ts'
import { endpointsCommand } from './commands/endpoints.ts'
import { eventsCommand } from './commands/events.ts'
import { keysCommand } from './commands/keys.ts'
import { listenCommand } from './commands/listen/listen.ts'
import { replayCommand } from './commands/replays/replay.ts'
import { replaysCommand } from './commands/replays/replays.ts'
import { runCommand } from './commands/run.ts'
import { signCommand } from './commands/signing/sign.ts'
import { verifyCommand } from './commands/signing/verify.ts'
import { sourcesCommand } from './commands/sources/sources.ts'
import { triggerCommand } from './commands/trigger.ts'
import { vaultCommand } from './commands/vault.ts'
import { EXIT_CODES } from './exit.ts'
import { addSharedOptions } from './options/shared-options.ts'
import type { Output, Terminal } from './terminal/terminal.ts'
import { viewOf } from './text/view.ts'

const HELP = `
Examples:
  hookloop serve                                run the relay
  hookloop events                               what came in
  hookloop --url http://127.0.0.1:4780 events   from a relay named by its address

With --json, stdout holds the API's JSON, one value to a line where it goes on, and stderr {"error": {"code", "message"}}.

Exit codes:
${EXIT_CODES.map(([code, meaning]) => `  ${code}  ${meaning}`).join('\n')}`

/** How the parser speaks: where to, and whether to a script, which gets its error from elsewhere. */
export interface Speech {
  terminal: Pick<Terminal, 'stdout' | 'stderr' | 'env' | 'now'>
  isJson: boolean
}

/** The command line; `serve` and `start` stand in its help but are run by the bin, which picks a host. */
export function createProgram(version: string, { terminal, isJson }: Speech): Command {
  const width = (output: Output) => Math.min(120, viewOf(terminal, output).width)
  const program = new Command('hookloop')
    .description('See, send, retry and replay webhooks.')
    .version(version)
    .enablePositionalOptions()
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void (isJson || terminal.stderr.write(text)),
      getOutHelpWidth: () => width(terminal.stdout),
      getErrHelpWidth: () => width(terminal.stderr),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError()
    .addHelpText('after', HELP)
  program.command('start').description('open the desktop app, or run the relay where there is none')
  program.command('serve').description('run the relay: serve --help')
  for (const command of commands()) program.addCommand(command)
  addSharedOptions(program)
  everyCommand(program, (command) => command.exitOverride().copyInheritedSettings(program))
  return program
}

function commands(): Command[] {
  return [
    listenCommand(),
    connectCommand(),
    eventsCommand(),
    deliveriesCommand(),
    sourcesCommand(),
    endpointsCommand(),
    triggerCommand(),
    replayCommand(),
    replaysCommand(),
    runCommand(),
    verifyCommand(),
    signCommand(),
    catalogCommand(),
    keysCommand(),
    vaultCommand(),
    salvageCommand(),
    auditCommand(),
    backupCommand(),
    restoreCommand(),
    applyCommand(),
    exportCommand(),
    importCommand(),
    doctorCommand(),
    completionCommand(),
  ]
}

function everyCommand(command: Command, visit: (command: Command) => void): void {
  visit(command)
  for (const child of command.commands) everyCommand(child, visit)
}
