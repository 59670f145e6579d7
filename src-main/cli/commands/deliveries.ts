import { Command } from 'commander'
import { z } from 'zod'
import type { AttemptView, DeliveryView } from '#shared/contract/deliveries.ts'
import { DeliveryState } from '#shared/model/delivery.ts'
import { openContext } from '../context.ts'
import { UsageError } from '../exit.ts'
import { addListOptions, type ListOptions } from '../list-options.ts'
import { sheet, table } from '../text/table.ts'
import { ago, state } from '../text/words.ts'

interface Options extends ListOptions {
  filter?: string
  event?: string
  endpoint?: string
  state?: string[]
}

const EXAMPLES = `
Examples:
  hookloop deliveries --state failed held
  hookloop deliveries show dlv_01JD8Z5K3WQ7M0X2T9B4C6E8FA
  hookloop deliveries retry dlv_01JD8Z5K3WQ7M0X2T9B4C6E8FA`

export function deliveriesCommand(): Command {
  const deliveries = new Command('deliveries')
    .description('List, show, retry and cancel deliveries')
    .addHelpText('after', EXAMPLES)
  addListOptions(deliveries.command('list', { isDefault: true }))
    .description('newest first')
    .option('--filter <filter>', 'such as: state:failed endpoint:"CRM sync" status:5xx since:2h')
    .option('--event <id>', 'of one event')
    .option('--endpoint <id>', 'to one endpoint')
    .option('--state <states...>', `any of ${DeliveryState.options.join(', ')}`)
    .action(list)
  deliveries.command('show <id>').description('with its attempts').action(show)
  deliveries.command('retry <id>').description('try it now').action(retry)
  deliveries.command('cancel <id>').description('never try it again').action(cancel)
  return deliveries
}

async function list(_: Options, command: Command): Promise<void> {
  const { api, show: print } = openContext(command)
  const { limit, cursor, filter, event: eventId, endpoint: endpointId, state: states } = command.opts<Options>()
  const wanted = z.array(DeliveryState).optional().safeParse(states)
  if (!wanted.success) throw new UsageError(`--state takes any of ${DeliveryState.options.join(', ')}`)
  const page = await api.deliveries.list({ limit, cursor, filter, eventId, endpointId, state: wanted.data })
  print(page, ({ items }) => deliveryTable(items))
}

async function show(id: string, _: unknown, command: Command): Promise<void> {
  const { api, show: print } = openContext(command)
  const [delivery, attempts] = await Promise.all([api.deliveries.get({ id }), api.deliveries.attempts({ id })])
  print({ ...delivery, attemptLog: attempts.items }, () =>
    [deliverySheet(delivery), '', attemptTable(attempts.items)].join('\n'),
  )
}

async function retry(id: string, _: unknown, command: Command): Promise<void> {
  const { api, show: print } = openContext(command)
  print(await api.deliveries.retry({ id }), (delivery) => `${delivery.id} is ${state(delivery.state)}`)
}

async function cancel(id: string, _: unknown, command: Command): Promise<void> {
  const { api, show: print } = openContext(command)
  print(await api.deliveries.cancel({ id }), (delivery) => `${delivery.id} is ${state(delivery.state)}`)
}

function deliveryTable(items: readonly DeliveryView[]): string {
  return table(
    items,
    [
      { title: 'WHEN', value: (delivery) => ago(delivery.createdAt) },
      { title: 'ID', value: (delivery) => delivery.id },
      { title: 'STATE', value: (delivery) => delivery.state },
      { title: 'TYPE', value: (delivery) => delivery.eventType, shrinks: true },
      { title: 'TO', value: (delivery) => delivery.endpointName ?? delivery.url, shrinks: true },
      { title: 'LAST', value: lastResult },
      { title: 'NEXT', value: (delivery) => (delivery.dueAt === null ? '' : ago(delivery.dueAt)) },
    ],
    'No deliveries yet.',
  )
}

function lastResult(delivery: DeliveryView): string {
  return delivery.lastStatus === null ? (delivery.lastFailure ?? '') : String(delivery.lastStatus)
}

function deliverySheet(delivery: DeliveryView & { forecast: readonly string[] }): string {
  return sheet([
    ['Delivery', delivery.id],
    ['Event', `${delivery.eventId} (${delivery.eventType})`],
    ['To', delivery.endpointName === null ? delivery.url : `${delivery.endpointName}: ${delivery.url}`],
    ['State', delivery.state],
    ['Next', delivery.dueAt === null ? 'none' : `${delivery.dueAt} (${ago(delivery.dueAt)})`],
    [
      'Then',
      delivery.forecast
        .slice(1)
        .map((instant) => ago(instant))
        .join(', ') || 'none',
    ],
  ])
}

function attemptTable(items: readonly AttemptView[]): string {
  return table(
    items,
    [
      { title: '#', value: (attempt) => String(attempt.number), right: true },
      { title: 'STARTED', value: (attempt) => attempt.startedAt },
      { title: 'OUTCOME', value: (attempt) => attempt.outcome },
      { title: 'STATUS', value: (attempt) => String(attempt.response?.status ?? '') },
      { title: 'TOOK', value: (attempt) => `${Math.round(attempt.timings.totalMs)} ms`, right: true },
      { title: 'WHY', value: (attempt) => attempt.failure?.title ?? '', shrinks: true },
    ],
    'No attempts yet.',
  )
}
