import { readFile } from 'node:fs/promises'
import { text as readStream } from 'node:stream/consumers'
import { Command } from 'commander'
import { z } from 'zod'
import type { EventDetail, EventSummary } from '#shared/contract/events.ts'
import { openContext } from '../context.ts'
import { UsageError } from '../exit.ts'
import { addListOptions, type ListOptions } from '../list-options.ts'
import { plainLines } from '../text/plain.ts'
import { sheet, table } from '../text/table.ts'
import { ago, bodyText, bytes, tally } from '../text/words.ts'

interface Options extends ListOptions {
  filter?: string
  type?: string
  source?: string
  q?: string
  since?: string
  until?: string
}

interface SendOptions {
  type: string
  data: string
  idempotencyKey?: string
}

const EXAMPLES = `
Examples:
  hookloop events --type 'audit.*' --limit 20
  hookloop events show evt_01JD8Z5K3WQ7M0X2T9B4C6E8FA
  hookloop events send --type audit.completed --data @sample.json`

export function eventsCommand(): Command {
  const events = new Command('events').description('List, show and send events').addHelpText('after', EXAMPLES)
  addListOptions(events.command('list', { isDefault: true }))
    .description('newest first')
    .option('--filter <filter>', 'such as: type:audit.* state:failed $.data.id=42 "some text" -source:inbox')
    .option('--type <type>', 'an exact type, or a prefix such as audit.*')
    .option('--source <source>', 'a source’s slug or id')
    .option('--q <text>', 'text to find in type, path, headers or body')
    .option('--since <instant>', 'ISO 8601, inclusive')
    .option('--until <instant>', 'ISO 8601, exclusive')
    .action(list)
  events.command('show <id>').description('with its headers and body').action(show)
  events
    .command('send')
    .description('compose an event; it is delivered like any other')
    .requiredOption('--type <type>', 'such as audit.completed')
    .requiredOption('--data <json>', 'JSON, @file, or - for stdin')
    .option('--idempotency-key <key>', 'sending the same again within 24 hours makes no second event')
    .action(send)
  return events
}

async function list(_: Options, command: Command): Promise<void> {
  const { api, show: print } = openContext(command)
  const { limit, cursor, filter, type, source, q, since, until } = command.opts<Options>()
  print(await api.events.list({ limit, cursor, filter, type, source, q, since, until }), (page) =>
    eventTable(page.items),
  )
}

async function show(id: string, _: unknown, command: Command): Promise<void> {
  const { api, show: print } = openContext(command)
  const [event, file] = await Promise.all([api.events.get({ id }), api.events.body({ id })])
  const body = new Uint8Array(await file.arrayBuffer())
  print(event, () => `${eventSheet(event)}\n\n${plainLines(bodyText(body))}`)
}

async function send(options: SendOptions, command: Command): Promise<void> {
  const { api, show: print } = openContext(command)
  const data = await readData(options.data)
  const event = await api.events.create({ type: options.type, data, idempotencyKey: options.idempotencyKey })
  print(event, ({ id, deliveries }) => `${id} · deliveries: ${tally(deliveries)}`)
}

async function readData(given: string) {
  const text =
    given === '-'
      ? await readStream(process.stdin)
      : given.startsWith('@')
        ? await readFile(given.slice(1), 'utf8').catch(() => {
            throw new UsageError(`--data names ${given.slice(1)}, which cannot be read`)
          })
        : given
  try {
    return z.json().parse(JSON.parse(text))
  } catch {
    throw new UsageError('--data must be JSON, such as {"hello":1}')
  }
}

const VERDICT_COLUMN = { title: 'VERDICT', value: ({ verdict }: EventSummary) => verdict?.verdict ?? '' }

function eventTable(items: readonly EventSummary[]): string {
  return table(
    items,
    [
      { title: 'WHEN', value: (event) => ago(event.receivedAt) },
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

function eventSheet(event: EventDetail): string {
  const query = event.query === null ? '' : `?${event.query}`
  return sheet([
    ['Event', event.id],
    ['Type', event.type],
    ['From', event.source ?? event.origin],
    ['Received', `${event.receivedAt} (${ago(event.receivedAt)})`],
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
