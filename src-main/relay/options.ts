import { Command, InvalidArgumentError, Option } from 'commander'

export interface RelayOptions {
  data?: string
  port: number
  capturePort: number
  host: string
  mode: 'local' | 'team'
  keyFile?: string
  json?: true
  insteadOfDesktop?: string
}

const EXAMPLES = `
Examples:
  hookloop serve                                  on the usual ports, data in the usual place
  hookloop serve --data ./here --port 0 --json    on free ports, told as one line of JSON

Environment: HOOKLOOP_DATA, HOOKLOOP_KEY_FILE, HOOKLOOP_KEY, HOOKLOOP_TOKEN
Exit codes: 0 stopped by a signal, 1 could not start, 2 wrong use`

/** The relay's command line; `run` gets the parsed options. */
export function relayCommand(run: (options: RelayOptions) => Promise<void>): Command {
  return new Command('hookloop serve')
    .description('Run Hookloop without a desktop: captures, delivers, and serves its window to a browser.')
    .option('--data <dir>', 'where everything is kept')
    .option('--port <number>', 'for the window and the API; 0 takes a free one', port, 4780)
    .option('--capture-port <number>', 'for senders; 0 takes a free one', port, 4781)
    .option('--host <address>', 'the loopback address to listen on', loopback, '127.0.0.1')
    .addOption(
      new Option('--mode <mode>', 'who may reach it').choices(['local', 'team']).default('local').argParser(mode),
    )
    .option('--key-file <file>', 'the master key that seals the secrets, outside the data directory')
    .option('--json', 'print one line of JSON once requests are served')
    .addOption(new Option('--instead-of-desktop <reason>').hideHelp())
    .addHelpText('after', EXAMPLES)
    .action(run)
}

function port(text: string): number {
  const number = Number(text)
  if (/^\d{1,5}$/.test(text) && number <= 65_535) return number
  throw new InvalidArgumentError('A port is a whole number from 0 to 65535.')
}

function mode(text: string): 'local' {
  if (text === 'local') return text
  throw new InvalidArgumentError('Team mode is not part of this version: use local.')
}

/** Without keys per person, nothing but this machine may connect. */
function loopback(text: string): string {
  if (text === 'localhost') return '127.0.0.1'
  if (text === '127.0.0.1' || text === '::1') return text
  throw new InvalidArgumentError(
    'Listening beyond this machine needs team mode, which is not part of this version: use 127.0.0.1 or ::1.',
  )
}
