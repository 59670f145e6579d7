import { z } from 'zod'
import { contract } from '#shared/contract/index.ts'
import { AttemptView } from '#shared/contract/deliveries.ts'
import { answerOf, newEndpoint, newEvent, type Row } from './row.ts'
import type { CliRig } from '../cli-rig.ts'

const NO_EVENT = 'evt_01JD8Z5K3WQ7M0X2T9B4C6E8FA'
const NO_DELIVERY = 'dlv_01JD8Z5K3WQ7M0X2T9B4C6E8FA'

/** One that waits for an endpoint that is paused. */
async function heldDelivery(rig: CliRig): Promise<string> {
  const endpointId = await newEndpoint(rig, '--types', 'held.once')
  await rig.json('endpoints', 'pause', endpointId)
  await newEvent(rig, 'held.once')
  const { items } = await rig.json<{ items: { id: string }[] }>('deliveries', '--endpoint', endpointId)
  return items[0]?.id ?? ''
}

async function failedDelivery(rig: CliRig): Promise<string> {
  const { deliveryId } = await rig.json<{ deliveryId: string }>('trigger', 'github', 'push', '--url', rig.deadUrl)
  await rig.untilDelivery(deliveryId, ({ state, attempts }) => state === 'failed' || attempts > 0)
  return deliveryId
}

export const EVENT_ROWS: readonly Row[] = [
  {
    command: 'events list',
    works: async (rig) => {
      await newEvent(rig)
      return ['events', 'list', '--type', 'order.*', '--limit', '2']
    },
    says: /WHEN +ID +TYPE +FROM +SIZE[^]*order\.paid/,
    json: answerOf(contract.events.list),
    fails: [4, () => ['events', '--since', 'yesterday']],
    misused: ['events', '--limit', 'many'],
  },
  {
    command: 'events show',
    works: async (rig) => ['events', 'show', await newEvent(rig)],
    says: /Type +order\.paid[^]*\{"total":42\}/,
    json: answerOf(contract.events.get),
    fails: [4, () => ['events', 'show', NO_EVENT]],
    misused: ['events', 'show'],
  },
  {
    command: 'events send',
    works: () => ({ args: ['events', 'send', '--type', 'order.paid', '--data', '-'], stdin: '{"total":1}' }),
    says: /^evt_\w+ · deliveries: none\n$/,
    json: answerOf(contract.events.create),
    fails: [4, () => ['events', 'send', '--type', 'no type', '--data', '1']],
    misused: ['events', 'send', '--type', 'order.paid', '--data', '{"total"'],
  },
  {
    command: 'deliveries list',
    works: async (rig) => {
      await heldDelivery(rig)
      return ['deliveries', '--state', 'held', 'failed']
    },
    says: /WHEN +ID +STATE[^]*held +held\.once +Shop/,
    json: answerOf(contract.deliveries.list),
    fails: [4, () => ['deliveries', '--cursor', 'nonsense']],
    misused: ['deliveries', '--state', 'gone'],
  },
  {
    command: 'deliveries show',
    works: async (rig) => ['deliveries', 'show', await failedDelivery(rig)],
    says: /Delivery +dlv_[^]*OUTCOME[^]*1 +\d{4}-/,
    json: z.intersection(answerOf(contract.deliveries.get), z.object({ attemptLog: z.array(AttemptView) })),
    fails: [4, () => ['deliveries', 'show', NO_DELIVERY]],
    misused: ['deliveries', 'show'],
  },
  {
    command: 'deliveries retry',
    works: async (rig) => ['deliveries', 'retry', await failedDelivery(rig)],
    says: /^dlv_\w+ is (?:scheduled|delivering)\n$/,
    json: answerOf(contract.deliveries.retry),
    fails: [4, () => ['deliveries', 'retry', NO_DELIVERY]],
    misused: ['deliveries', 'retry'],
  },
  {
    command: 'deliveries cancel',
    works: async (rig) => ['deliveries', 'cancel', await heldDelivery(rig)],
    says: /^dlv_\w+ is canceled\n$/,
    json: answerOf(contract.deliveries.cancel),
    fails: [4, () => ['deliveries', 'cancel', NO_DELIVERY]],
    misused: ['deliveries', 'cancel'],
  },
]
