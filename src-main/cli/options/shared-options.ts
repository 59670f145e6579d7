import { Option, type Command } from 'commander'
import type { Target } from '../connection.ts'

export interface SharedOptions extends Target {
  json?: true
}

type Name = keyof SharedOptions

/** They stand before a command's name, and after it wherever the command has no option of that name itself. */
const SHARED: Readonly<Record<Name, readonly [flags: string, description: string]>> = {
  json: ['--json', 'print the API’s JSON'],
  url: ['--url <url>', 'the relay to talk to'],
  token: [
    '--token <token>',
    'its token or a key, or env:NAME (default: HOOKLOOP_TOKEN, or the one of the data directory)',
  ],
  data: ['--data <dir>', 'the data directory whose relay to talk to'],
  project: ['--project <slug>', 'the project that is meant'],
}
const NAMES = Object.keys(SHARED) as Name[]

const added = new WeakMap<Command, readonly Name[]>()

/** Gives the program and each of its commands the options that all share. */
export function addSharedOptions(command: Command): void {
  const names = NAMES.filter((name) => !command.options.some((option) => option.attributeName() === name))
  if (command.commands.length === 0 || command.parent === null) {
    for (const name of names) command.addOption(new Option(...SHARED[name]))
    added.set(command, names)
  }
  command.commands.forEach(addSharedOptions)
}

/** What was given for them: after the command's name, or else before it. */
export function sharedOptions(command: Command): SharedOptions {
  const chain = [...ancestors(command)]
  const given = chain.toReversed().flatMap((each) => {
    const values = each.opts<SharedOptions>()
    return (added.get(each) ?? []).filter((name) => values[name] !== undefined).map((name) => [name, values[name]])
  })
  return Object.fromEntries(given) as SharedOptions
}

function* ancestors(command: Command | null): Generator<Command> {
  for (let each = command; each !== null; each = each.parent) yield each
}
