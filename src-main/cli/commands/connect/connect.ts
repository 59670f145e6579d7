import { Command } from 'commander'
import { type Context, openContext } from '../../context.ts'
import { UsageError } from '../../exit.ts'
import { pauseForwarding } from '../../forwarding/endpoint.ts'
import {
  addForwardingOptions,
  addForwardTo,
  forwardingOf,
  type ForwardingOptions,
  whereOf,
} from '../../forwarding/options.ts'
import { findRelay } from '../../forwarding/relay.ts'
import { withExamples } from '../../options/examples.ts'
import { SECRET_FORMS, secretFrom } from '../../options/secrets.ts'
import { type ConnectOrder, disconnect, setUp, subscriberName, undo } from './setup.ts'
import { watchLink } from './watch.ts'

interface Options extends ForwardingOptions {
  key?: string
  source: string
  group?: string
  name?: string
  filter?: string
  from: string
  remoteProject?: string
}

const KEY_VARIABLE = 'HOOKLOOP_RELAY_KEY'
const EXAMPLES = [
  'hookloop connect https://hooks.example.com --key env:RELAY_KEY --source shop --forward-to http://localhost:3000/hook',
  'hookloop connect https://hooks.example.com --key @relay.key --source shop --forward-to http://localhost:3000/hook --group ci',
  "hookloop connect https://hooks.example.com --source shop --forward-to http://localhost:3000/hook --filter 'type:order.*' --json",
]
const MORE = `Uses the Hookloop that runs on this machine, or runs one itself. Events come as they were captured, in order, and what
came while nobody was connected comes first; each goes to your server one after the other, and is tried again until it
takes it or says that it will not. When it ends, the relay keeps its place. --keep lets it go on in the Hookloop that runs.

The key needs the scope sources:subscribe. Without --key it is taken from ${KEY_VARIABLE}: on the command line, others on
this machine may read it. Exit codes: 0 ended by you, 3 the relay cannot be reached at the first time, 4 it refuses.`

export function connectCommand(): Command {
  const connect = addForwardTo(
    new Command('connect')
      .description('Subscribe to a source of a relay, and forward its events to your server')
      .argument('<relay>', 'the relay’s address, such as https://hooks.example.com')
      .requiredOption('--source <source>', 'slug or id of the source there'),
  )
    .option('--key <key>', `a key of the relay: ${SECRET_FORMS}`)
    .option('--group <name>', 'share the events with the other members of this group (default: get all)')
    .option('--name <name>', 'under which name to subscribe (default: this machine’s)')
    .option('--filter <filter>', 'what to take, such as type:order.*')
    .option('--from <start>', 'where a new subscription begins: now, beginning, or an instant', 'now')
    .option('--remote-project <project>', 'the project there (default: the key’s)')
    .action(run)
  addForwardingOptions(connect, {
    policy: 'how it is retried (default: in order, again soon)',
    keep: 'stay connected when this ends',
  })
  return withExamples(connect, EXAMPLES, MORE)
}

async function run(relayUrl: string, _: Options, command: Command): Promise<void> {
  const context = openContext(command)
  const options = command.opts<Options>()
  const order = await readOrder(relayUrl, options, context)
  const hookloop = await findRelay(whereOf(options, context))
  const api = () => hookloop.connect()
  try {
    const setup = await setUp(api(), order)
    const { error, wasLive } = await watchLink(context, { hookloop, setup, forwardTo: order.forwardTo })
    if (error && setup.isNew && !wasLive) await undo(api(), setup)
    else if (options.keep !== true) {
      await disconnect(api(), setup).catch(() => context.note('The link could not be switched off.'))
      context.note(await pauseForwarding(api(), setup.endpoint))
    }
    if (error) throw error
  } finally {
    await hookloop.close()
  }
}

async function readOrder(url: string, options: Options, context: Context): Promise<ConnectOrder> {
  const { source, group, name, filter, from, remoteProject } = options
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new UsageError(`${url} is no address of a relay: use one such as https://hooks.example.com`)
  }
  return {
    url,
    key: await readKey(options, context),
    remoteProject,
    remoteSource: source,
    subscriber: subscriberName('--name', name),
    group: group === undefined ? null : subscriberName('--group', group),
    filter: filter ?? null,
    start: readStart(from),
    ...forwardingOf(options),
  }
}

async function readKey({ key }: Options, { terminal, note }: Context): Promise<string> {
  const isOpen = key !== undefined && !/^(@|env:|-$)/.test(key)
  if (isOpen)
    note(`A key on the command line can be read by others on this machine: use --key env:${KEY_VARIABLE}, or @file.`)
  if (key !== undefined) return secretFrom('--key', key, terminal)
  const found = terminal.env[KEY_VARIABLE]
  if (found) return found
  throw new UsageError(`Give a key of the relay with --key env:NAME, --key @file, or in ${KEY_VARIABLE}.`)
}

function readStart(text: string): string {
  if (text === 'now' || text === 'beginning') return text
  const at = new Date(text)
  if (!Number.isNaN(at.getTime())) return at.toISOString()
  throw new UsageError(`--from ${text} is no start: use now, beginning, or an instant such as 2026-01-31T08:00:00Z`)
}
