import type { DeliveryTally } from '#shared/model/delivery.ts'
import type { Style, Text } from './view.ts'

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const

/** An instant as seen from now: `12 s ago`, `in 5 min`. */
export function ago(instant: string, now: number): string {
  const distance = Date.parse(instant) - now
  if (Math.abs(distance) < 1_000) return 'now'
  return distance < 0 ? `${span(-distance)} ago` : `in ${span(distance)}`
}

/** How long something is, in its largest unit: `6 min`. */
export function span(ms: number): string {
  const [name, size] = UNITS.find((unit) => ms >= unit[1]) ?? ['ms', 1]
  return `${Math.floor(ms / size)} ${name}`
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

const STATE_STYLES: Readonly<Record<string, Style>> = {
  succeeded: 'green',
  active: 'green',
  valid: 'green',
  failed: 'red',
  invalid: 'red',
  held: 'yellow',
  paused: 'yellow',
  scheduled: 'cyan',
  delivering: 'cyan',
}

/** The colour of a state, where it has one. */
export function stateStyle(name: string): Style | undefined {
  return STATE_STYLES[name]
}

/** A sentence with a state in its colour. */
export function withState(before: string, name: string): Text {
  const style = stateStyle(name)
  return ({ paint }) => `${before}${style === undefined ? name : paint(style, name)}`
}

/** A body for a terminal: text as it is, anything else in a few words. */
export function bodyText(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return `(${bytes(body.byteLength)} that are not text)`
  }
}
