import { Command } from 'commander'
import { z } from 'zod'
import type { DeliveryView } from '#shared/contract/deliveries.ts'
import { DeliveryState } from '#shared/model/delivery.ts'
import { type Context, openContext } from '../context.ts'
import { UsageError } from '../exit.ts'
import { followFeed } from '../live/follow-feed.ts'
import { withExamples } from '../options/examples.ts'
import { addListOptions, type ListOptions } from '../options/list-options.ts'
import { attemptTable } from '../text/attempts.ts'
import { plain } from '../text/plain.ts'
import { sheet, table } from '../text/table.ts'
import { stack, type Text } from '../text/view.ts'
import { ago, stateStyle, withState } from '../text/words.ts'

interface Options extends ListOptions {
  filter?: string
  event?: string
  endpoint?: string
  state?: string[]
  follow?: true
}

const ID = 'dlv_01JD8Z5K3WQ7M0X2T9B4C6E8FA'

export function deliveriesCommand(): Command {
  const deliveries = new Command('deliveries').description('List, follow, show, retry and cancel deliveries')
  const list = addListOptions(deliveries.command('list', { isDefault: true }))
    .description('newest first')
    .option('--filter <filter>', 'such as: state:failed endpoint:"CRM sync" status:5xx since:2h')
    .option('--event <id>', 'of one event')
    .option('--endpoint <id>', 'to one endpoint')
    .option('--state <states...>', `any of ${DeliveryState.options.join(', ')}`)
    .option('--follow', 'each change as it comes, a line each, until Ctrl-C')
    .action(listOrFollow)
  withExamples(list, ['hookloop deliveries --state failed held', 'hookloop deliveries --follow --json'])
  const show = deliveries.command('show <id>').description('with its attempts').action(showOne)
  withExamples(show, [`hookloop deliveries show ${ID}`])
  withExamples(deliveries.command('retry <id>').description('try it now').action(retry), [
    `hookloop deliveries retry ${ID}`,
  ])
  withExamples(deliveries.command('cancel <id>').description('never try it again').action(cancel), [
    `hookloop deliveries cancel ${ID}`,
  ])
  return withExamples(deliveries, ['hookloop deliveries --state failed held', `hookloop deliveries show ${ID}`])
}

async function listOrFollow(_: Options, command: Command): Promise<void> {
  const context = openContext(command)
  const { limit, cursor, filter, follow, ...options } = command.opts<Options>()
  const { event: eventId, endpoint: endpointId, state: states } = options
  const wanted = z.array(DeliveryState).optional().safeParse(states)
  if (!wanted.success) throw new UsageError(`--state takes any of ${DeliveryState.options.join(', ')}`)
  const narrow = { eventId, endpointId, state: wanted.data }
  if (!follow) {
    const page = await context.api.deliveries.list({ limit, cursor, filter, ...narrow })
    return context.show(page, ({ items }) => deliveryTable(items))
  }
  if (cursor !== undefined || filter !== undefined) {
    throw new UsageError('--follow goes on from now and takes --event, --endpoint and --state: leave out the rest.')
  }
  return followDeliveries(context, narrow)
}

interface Filter {
  eventId: string | undefined
  endpointId: string | undefined
  state: DeliveryState[] | undefined
}

async function followDeliveries({ followOrder, tell, note }: Context, filter: Filter): Promise<void> {
  const { eventId, endpointId, state } = filter
  for await (const item of followFeed(followOrder())) {
    if (item.type === 'gap') note('Some changes in between were left out.')
    if (item.type !== 'delivery.changed') continue
    const { delivery } = item
    const isMeant =
      (eventId === undefined || delivery.eventId === eventId) &&
      (endpointId === undefined || delivery.endpointId === endpointId) &&
      (state === undefined || state.includes(delivery.state))
    if (isMeant) tell(delivery, deliveryLine)
  }
}

async function showOne(id: string, _: unknown, command: Command): Promise<void> {
  const { api, show: print } = openContext(command)
  const [delivery, attempts] = await Promise.all([api.deliveries.get({ id }), api.deliveries.attempts({ id })])
  print({ ...delivery, attemptLog: attempts.items }, () =>
    stack(deliverySheet(delivery), '', attemptTable(attempts.items)),
  )
}

async function retry(id: string, _: unknown, command: Command): Promise<void> {
  const { api, show: print } = openContext(command)
  print(await api.deliveries.retry({ id }), ({ id: made, state }) => withState(`${made} is `, state))
}

async function cancel(id: string, _: unknown, command: Command): Promise<void> {
  const { api, show: print } = openContext(command)
  print(await api.deliveries.cancel({ id }), ({ id: made, state }) => withState(`${made} is `, state))
}

function deliveryTable(items: readonly DeliveryView[]): Text {
  return table(
    items,
    [
      { title: 'WHEN', value: (delivery, { now }) => ago(delivery.createdAt, now) },
      { title: 'ID', value: (delivery) => delivery.id },
      { title: 'STATE', value: ({ state }) => state, style: ({ state }) => stateStyle(state) },
      { title: 'TYPE', value: (delivery) => delivery.eventType, shrinks: true },
      { title: 'TO', value: (delivery) => delivery.endpointName ?? delivery.url, shrinks: true },
      { title: 'LAST', value: lastResult },
      { title: 'NEXT', value: ({ dueAt }, { now }) => (dueAt === null ? '' : ago(dueAt, now)) },
    ],
    'No deliveries yet.',
  )
}

function deliveryLine(delivery: DeliveryView): Text {
  const { updatedAt, id, eventType, endpointName, url, state, attempts, dueAt } = delivery
  return ({ paint, now }) => {
    const style = stateStyle(state)
    const parts = [
      updatedAt,
      id,
      style === undefined ? state : paint(style, state),
      plain(eventType),
      `→ ${plain(endpointName ?? url)}`,
      lastResult(delivery),
      attempts > 0 ? `attempt ${attempts}` : '',
      dueAt === null ? '' : `next ${ago(dueAt, now)}`,
    ]
    return parts.filter((part) => part !== '').join('  ')
  }
}

function lastResult(delivery: DeliveryView): string {
  return delivery.lastStatus === null ? (delivery.lastFailure ?? '') : String(delivery.lastStatus)
}

function deliverySheet({ forecast, dueAt, ...delivery }: DeliveryView & { forecast: readonly string[] }): Text {
  return sheet([
    ['Delivery', delivery.id],
    ['Event', `${delivery.eventId} (${delivery.eventType})`],
    ['To', delivery.endpointName === null ? delivery.url : `${delivery.endpointName}: ${delivery.url}`],
    ['State', delivery.state],
    ['Next', ({ now }) => (dueAt === null ? 'none' : `${dueAt} (${ago(dueAt, now)})`)],
    ['Then', ({ now }) => inWaits(forecast.slice(1), now)],
  ])
}

function inWaits(instants: readonly string[], now: number): string {
  return instants.map((instant) => ago(instant, now)).join(', ') || 'none'
}
