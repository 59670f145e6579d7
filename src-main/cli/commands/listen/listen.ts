import { Command } from 'commander'
import { type Context, openContext } from '../../context.ts'
import { type Begun, followForwarding } from '../../forwarding/changes.ts'
import { pauseForwarding, resumeForwarding } from '../../forwarding/endpoint.ts'
import {
  addForwardingOptions,
  addForwardTo,
  forwardingOf,
  type ForwardingOptions,
  whereOf,
} from '../../forwarding/options.ts'
import { findRelay, type FoundRelay } from '../../forwarding/relay.ts'
import type { FeedOrder } from '../../live/follow-feed.ts'
import { withExamples } from '../../options/examples.ts'
import { SECRET_FORMS, secretsFrom } from '../../options/secrets.ts'
import { canDraw } from '../../terminal/terminal.ts'
import { lineText } from './line.ts'
import { runScreen } from './screen/run-screen.ts'
import { type ListenOrder, type ListenSetup, setUp } from './setup.ts'

interface Options extends ForwardingOptions {
  source?: string
  provider?: string
  secret?: string[]
  plain?: true
}

const EXAMPLES = [
  'hookloop listen --forward-to http://localhost:3000/hook',
  'hookloop listen --forward-to http://localhost:3000/hook --provider github --secret env:GITHUB_SECRET',
  "hookloop listen --forward-to http://localhost:3000/hook --source shop --events 'order.*' --json",
]
const MORE = `Uses the Hookloop that runs, or runs one itself. Requests go on as they came, with the sender's own signature, and are
retried by the policy. At a terminal it is a live list: ? tells the keys. When it ends, forwarding is paused and what
comes is held; the next call with the same source and URL sends that first. --keep lets forwarding go on instead.`

export function listenCommand(): Command {
  const listen = addForwardTo(
    new Command('listen').description('Capture webhooks and forward them to your server, with a live list'),
  )
    .option('--source <slug>', 'what is captured under: made where it is missing (default: the provider, or inbox)')
    .option('--provider <id>', 'the sender, such as github: its signatures are checked')
    .option('--secret <secrets...>', `what they are checked with: ${SECRET_FORMS}`)
    .option('--plain', 'lines instead of the live list')
    .action(run)
  addForwardingOptions(listen, {
    policy: 'how it is retried (default: standard)',
    keep: 'go on forwarding when this ends',
  })
  return withExamples(listen, EXAMPLES, MORE)
}

async function run(_: Options, command: Command): Promise<void> {
  const context = openContext(command)
  const options = command.opts<Options>()
  const order = await readOrder(options, context)
  const relay = await findRelay(whereOf(options, context))
  try {
    const setup = await setUp(relay.connect(), order)
    let isForwarding = false
    const begin = async () => {
      const begun = await resumeForwarding(relay.connect(), setup)
      isForwarding = true
      return begun
    }
    try {
      await follow(context, { relay, setup, order, isPlain: options.plain === true, begin })
    } finally {
      if (isForwarding && options.keep !== true) context.note(await pauseForwarding(relay.connect(), setup.endpoint))
    }
  } finally {
    await relay.close()
  }
}

async function readOrder(options: Options, { terminal }: Context): Promise<ListenOrder> {
  const { source, provider, secret } = options
  return {
    slug: source ?? provider ?? 'inbox',
    provider,
    secrets: await secretsFrom('--secret', secret ?? [], terminal),
    ...forwardingOf(options),
  }
}

interface Followed {
  relay: FoundRelay
  setup: ListenSetup
  order: ListenOrder
  isPlain: boolean
  begin(): Promise<Begun>
}

async function follow(context: Context, { relay, setup, order, isPlain, begin }: Followed): Promise<void> {
  const { terminal, options } = context
  const { source, endpoint, notes } = setup
  const { forwardTo } = order
  const quit = new AbortController()
  const signal = AbortSignal.any([terminal.untilStopped(), quit.signal])
  let onLost = context.followOrder().onLost
  const feed: FeedOrder = { connect: relay.connect, signal, onLost: () => onLost?.() }
  const changes = followForwarding(feed, { sourceId: source.id, endpointId: endpoint.id, begin })
  const captureUrl = source.publicUrl ?? source.captureUrl
  if (canDraw(terminal) && !options.json && !isPlain) {
    const around = { connect: relay.connect, source, endpoint, captureUrl, forwardTo }
    const lost = (tell: () => void) => void (onLost = tell)
    return runScreen({ ...around, terminal, changes, onLost: lost, quit, message: notes.join(' ') })
  }
  for (const note of notes) context.note(note)
  const begun = {
    type: 'listening' as const,
    captureUrl,
    forwardTo,
    sourceId: source.id,
    endpointId: endpoint.id,
    relay: relay.isOwn ? ('started' as const) : ('running' as const),
  }
  let isTold = false
  for await (const change of changes) {
    if (change.type === 'link.changed') continue
    if (change.type === 'begun') for (const note of change.notes) context.note(note)
    else if (change.type !== 'ready') context.tell(change, lineText)
    else if (!isTold) context.tell(begun, lineText)
    isTold ||= change.type === 'ready'
  }
}
