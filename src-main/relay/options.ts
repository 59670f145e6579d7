import { Command, Option } from 'commander'
import { type FieldName, FLAGS, variableOf } from '#main/compose/configuration/fields.ts'

export interface RelayOptions extends Partial<Record<FieldName, string>> {
  config?: string
  json?: true
  insteadOfDesktop?: string
}

const NAMES = Object.keys(FLAGS) as FieldName[]

const EXAMPLES = `
Examples:
  hookloop serve                                  on the usual ports, data in the usual place
  hookloop serve --data ./here --port 0 --json    on free ports, told as one line of JSON
  hookloop serve --config /etc/hookloop.yaml      a team's relay: docs/team-relay.md

Each setting can be a flag, a variable (--public-url is ${variableOf('publicUrl')}), or a line of the file (publicUrl:
https://hooks.example.com); a flag counts more than a variable, and that more than the file. Further variables:
HOOKLOOP_CONFIG, HOOKLOOP_KEY (the master key itself), HOOKLOOP_TOKEN.

In team mode the token opens the API from this machine only: everybody else uses a key ("hookloop keys create").
Exit codes: 0 stopped by a signal, 1 could not start, 2 wrong use`

/** The relay's command line; `run` gets the parsed options. */
export function relayCommand(run: (options: RelayOptions) => Promise<void>): Command {
  const command = new Command('hookloop serve')
    .description('Run Hookloop without a desktop: captures, delivers, and serves its window to a browser.')
    .option('--config <file>', 'a YAML file of settings')
  for (const name of NAMES) command.addOption(new Option(...FLAGS[name]))
  return command
    .option('--json', 'print one line of JSON once requests are served')
    .addOption(new Option('--instead-of-desktop <reason>').hideHelp())
    .addHelpText('after', EXAMPLES)
    .action(run)
}
