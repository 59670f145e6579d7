import { styleText } from 'node:util'
import type { DeliveryTally } from '#shared/model/delivery.ts'

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const

/** An instant as seen from now: `12 s ago`, `in 5 min`. */
export function ago(instant: string, now = Date.now()): string {
  const distance = Date.parse(instant) - now
  const length = Math.abs(distance)
  const unit = UNITS.find(([, size]) => length >= size)
  if (unit === undefined) return 'now'
  const amount = `${Math.floor(length / unit[1])} ${unit[0]}`
  return distance < 0 ? `${amount} ago` : `in ${amount}`
}

export function bytes(count: number): string {
  if (count < 1024) return `${count} B`
  if (count < 1024 * 1024) return `${(count / 1024).toFixed(1)} KiB`
  return `${(count / 1024 / 1024).toFixed(1)} MiB`
}

export function tally(count: DeliveryTally): string {
  if (count.total === 0) return 'none'
  const parts = [
    [count.succeeded, 'delivered'],
    [count.pending, 'pending'],
    [count.failed, 'failed'],
    [count.held, 'held'],
    [count.canceled, 'canceled'],
  ] as const
  return parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(', ')
}

const COLOURS: Readonly<Record<string, 'green' | 'red' | 'yellow' | 'cyan'>> = {
  succeeded: 'green',
  active: 'green',
  failed: 'red',
  held: 'yellow',
  paused: 'yellow',
  scheduled: 'cyan',
  delivering: 'cyan',
}

/** A state in its colour, where the terminal shows colours. */
export function state(name: string): string {
  const colour = COLOURS[name]
  return colour === undefined ? name : styleText(colour, name)
}

/** A body for a terminal: text as it is, anything else in a few words. */
export function bodyText(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return `(${bytes(body.byteLength)} that are not text)`
  }
}
