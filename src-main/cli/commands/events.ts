import { Command } from 'commander'
import type { EventDetail, EventSummary } from '#shared/contract/events.ts'
import { openContext } from '../context.ts'
import { UsageError } from '../exit.ts'
import { followEvents } from '../live/follow-events.ts'
import { withExamples } from '../options/examples.ts'
import { jsonFrom } from '../options/inputs.ts'
import { addListOptions, type ListOptions } from '../options/list-options.ts'
import { plain, plainLines } from '../text/plain.ts'
import { type Column, sheet, table } from '../text/table.ts'
import { stack, type Text } from '../text/view.ts'
import { ago, bodyText, bytes, stateStyle, tally } from '../text/words.ts'

interface Options extends ListOptions {
  filter?: string
  type?: string
  source?: string
  q?: string
  since?: string
  until?: string
  follow?: true
}

interface SendOptions {
  type: string
  data: string
  idempotencyKey?: string
}

/** How many events a list that goes on begins with. */
const LATEST = 10

const SHOW = 'hookloop events show evt_01JD8Z5K3WQ7M0X2T9B4C6E8FA'
const SEND = 'hookloop events send --type audit.completed --data @sample.json'

export function eventsCommand(): Command {
  const events = new Command('events').description('List, follow, show and send events')
  const list = addListOptions(events.command('list', { isDefault: true }))
    .description('newest first')
    .option('--filter <filter>', 'such as: type:audit.* state:failed $.data.id=42 "some text" -source:inbox')
    .option('--type <type>', 'an exact type, or a prefix such as audit.*')
    .option('--source <source>', 'a source’s slug or id')
    .option('--q <text>', 'text to find in type, path, headers or body')
    .option('--since <instant>', 'ISO 8601, inclusive')
    .option('--until <instant>', 'ISO 8601, exclusive')
    .option('--follow', 'after the list, each event as it comes, until Ctrl-C')
    .action(listOrFollow)
  withExamples(list, ["hookloop events --type 'audit.*' --limit 20", 'hookloop events --source shop --follow --json'])
  withExamples(events.command('show <id>').description('with its headers and body').action(show), [SHOW])
  const send = events
    .command('send')
    .description('compose an event; it is delivered like any other')
    .requiredOption('--type <type>', 'such as audit.completed')
    .requiredOption('--data <json>', 'JSON, @file, or - for stdin')
    .option('--idempotency-key <key>', 'sending the same again within 24 hours makes no second event')
    .action(sendOne)
  withExamples(send, [SEND, 'curl -s https://api.example/order | hookloop events send --type order.paid --data -'])
  return withExamples(events, ["hookloop events --type 'audit.*' --limit 20", SHOW, SEND])
}

async function listOrFollow(_: Options, command: Command): Promise<void> {
  const context = openContext(command)
  const { limit, cursor, filter, type, source, q, since, until, follow } = command.opts<Options>()
  const narrow = { filter, type, source, q }
  if (!follow) {
    const page = await context.api.events.list({ limit, cursor, ...narrow, since, until })
    return context.show(page, ({ items }) => eventTable(items))
  }
  if (cursor !== undefined || since !== undefined || until !== undefined) {
    throw new UsageError('--follow goes on from now: leave out --cursor, --since and --until.')
  }
  const { followOrder, tell } = context
  for await (const event of followEvents({ ...followOrder(), filter: narrow, latest: limit ?? LATEST }))
    tell(event, eventLine)
}

async function show(id: string, _: unknown, command: Command): Promise<void> {
  const { api, show: print } = openContext(command)
  const [event, file] = await Promise.all([api.events.get({ id }), api.events.body({ id })])
  const body = new Uint8Array(await file.arrayBuffer())
  print(event, () => stack(eventSheet(event), '', plainLines(bodyText(body))))
}

async function sendOne(options: SendOptions, command: Command): Promise<void> {
  const { api, terminal, show: print } = openContext(command)
  const data = await jsonFrom('--data', options.data, terminal)
  const event = await api.events.create({ type: options.type, data, idempotencyKey: options.idempotencyKey })
  print(event, ({ id, deliveries }) => `${id} · deliveries: ${tally(deliveries)}`)
}

const VERDICT_COLUMN: Column<EventSummary> = {
  title: 'VERDICT',
  value: ({ verdict }) => verdict?.verdict ?? '',
  style: ({ verdict }) => stateStyle(verdict?.verdict ?? ''),
}

function eventTable(items: readonly EventSummary[]): Text {
  return table(
    items,
    [
      { title: 'WHEN', value: ({ receivedAt }, { now }) => ago(receivedAt, now) },
      { title: 'ID', value: (event) => event.id },
      { title: 'TYPE', value: (event) => event.type, shrinks: true },
      { title: 'FROM', value: (event) => event.source ?? event.origin, shrinks: true },
      ...(items.some(({ verdict }) => verdict) ? [VERDICT_COLUMN] : []),
      { title: 'SIZE', value: (event) => bytes(event.bodySizeBytes), right: true },
      { title: 'DELIVERIES', value: (event) => tally(event.deliveries), shrinks: true },
    ],
    'No events yet.',
  )
}

function eventLine(event: EventSummary): Text {
  const { receivedAt, id, type, source, origin, verdict, bodySizeBytes } = event
  return ({ paint }) => {
    const judged = verdict?.verdict ?? ''
    const style = stateStyle(judged)
    const parts = [
      receivedAt,
      id,
      plain(type),
      plain(source ?? origin),
      style === undefined ? judged : paint(style, judged),
      bytes(bodySizeBytes),
    ]
    return parts.filter((part) => part !== '').join('  ')
  }
}

function eventSheet(event: EventDetail): Text {
  const query = event.query === null ? '' : `?${event.query}`
  return sheet([
    ['Event', event.id],
    ['Type', event.type],
    ['From', event.source ?? event.origin],
    ['Received', ({ now }) => `${event.receivedAt} (${ago(event.receivedAt, now)})`],
    ['Capture', event.captureNote === null ? event.capture : `${event.capture}: ${event.captureNote}`],
    ['Verdict', verdictWords(event)],
    ['Message', messageWords(event)],
    ['Request', `${event.method} ${event.path}${query} HTTP/${event.httpVersion}`],
    ['Body', `${bytes(event.bodySizeBytes)}, sha256 ${event.bodySha256}`],
    ['Deliveries', tally(event.deliveries)],
    ...event.headers.map(([name, value]) => [`  ${name}`, value] as const),
  ])
}

function verdictWords({ verdict }: EventDetail): string {
  if (verdict === null) return 'none'
  return `${verdict.verdict}${verdict.reason === null ? '' : `: ${verdict.reason}`} (${verdict.provider})`
}

function messageWords({ messageId, duplicateOf, repeats }: EventDetail): string {
  if (messageId === null) return 'no id known'
  if (duplicateOf !== null) return `${messageId}, a repeat of ${duplicateOf}`
  return repeats === 0 ? messageId : `${messageId}, came again ${repeats}×`
}
