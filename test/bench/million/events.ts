// Events as many senders would send them: the same ones each time.
import type { EventRecord } from '#shared/model/event.ts'

export const SOURCES = ['inbox', 'shop', 'billing', 'audits'] as const
export const TYPES = [
  'order.created',
  'order.paid',
  'order.shipped',
  'invoice.paid',
  'invoice.payment_failed',
  'customer.updated',
  'audit.completed',
  'audit.failed',
] as const
const WORDS = 'alder birch cedar dogwood elder fir gum hazel ivy juniper kauri larch maple nutmeg oak pine'.split(' ')
/** The newest events are of now, and each is so much older than the next. */
const GAP_MS = 2_500

/** A number in [0, 1) that belongs to a place: a mix of its bits. */
function chance(place: number, salt: number): number {
  let mixed = Math.imul(place + 1, 0x9e37_79b1) ^ Math.imul(salt, 0x85eb_ca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b_3c6d)
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a_2d39)
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
}

function pick<T>(from: readonly T[], share: number): T {
  return from[Math.floor(share * from.length)]!
}

interface FilledEvent extends Pick<EventRecord, 'type' | 'receivedAt' | 'path' | 'headers'> {
  /** Its place in `SOURCES`. */
  source: number
  body: Uint8Array
}

/** The event at a place, of which there are `count`; the last is the newest. */
export function eventAt(place: number, count: number): FilledEvent {
  const type = pick(TYPES, chance(place, 1) ** 2)
  const note = Array.from({ length: 24 }, (_, word) => pick(WORDS, chance(place, 10 + word))).join(' ')
  const customer = Math.floor(chance(place, 2) * 50_000)
  const body = {
    id: `obj_${place.toString(36).padStart(6, '0')}`,
    type,
    amount: Math.floor(chance(place, 3) * 100_000) / 100,
    currency: pick(['EUR', 'USD', 'GBP'], chance(place, 4)),
    customer: { id: `cus_${customer}`, email: `person${customer}@example.com`, vip: chance(place, 5) < 0.01 },
    items: Array.from({ length: 1 + (place % 3) }, (_, item) => ({
      sku: `sku-${Math.floor(chance(place, 40 + item) * 2_000)}`,
      quantity: 1 + item,
    })),
    // One of a thousand holds a word that no other does.
    note: place % 1_000 === 7 ? `${note} mangrove` : note,
  }
  return {
    type,
    source: Math.floor(chance(place, 6) * SOURCES.length),
    receivedAt: NEWEST_AT - (count - place) * GAP_MS,
    path: `/in/${SOURCES[Math.floor(chance(place, 6) * SOURCES.length)]}`,
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', `Sender/${place % 7}`],
      ['X-Topic', type],
    ],
    body: Buffer.from(JSON.stringify(body)),
  }
}

const NEWEST_AT = Date.now()
