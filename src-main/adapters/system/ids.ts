import type { Clock, Ids, Random } from '#main/engine/ports.ts'
import type { IdOf, IdPrefix } from '#shared/model/ids.ts'

/** A UUIDv7 has 74 bits that are neither time nor layout; they are counted as two numbers that hold theirs exactly. */
const HIGH_BITS = 34
const LOW_BITS = 40
/** Of the upper ones, so many stand before the variant. */
const BEHIND_VARIANT_BITS = 22
const VERSION = 7
const VARIANT = 2
/** Steps within one millisecond are this wide, so that the next id cannot be told from the last. */
const STEP_BYTES = 4
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Two digits for each ten bits. */
const PAIRS = Array.from(CROCKFORD, (first) => Array.from(CROCKFORD, (second) => first + second)).flat()
const PAIR_VALUES = PAIRS.length

/** Makes UUIDv7 ids that only grow within a run, also within one millisecond and when the clock goes back. */
export function createIds({ clock, random }: { clock: Pick<Clock, 'now'>; random: Random }): Ids {
  let lastMs = -1
  let time = ''
  let high = 0
  let low = 0

  function begin(ms: number): void {
    lastMs = ms
    time = digits(ms, 5)
  }

  function draw(): void {
    const bytes = random.bytes(10)
    // The top bit starts unset: there is always room to count up.
    high = Math.floor(number(bytes, 0, 5) / 2 ** (LOW_BITS - HIGH_BITS + 1))
    low = number(bytes, 5, 10)
  }

  function countUp(): void {
    low += 1 + number(random.bytes(STEP_BYTES), 0, STEP_BYTES)
    if (low < 2 ** LOW_BITS) return
    low -= 2 ** LOW_BITS
    high += 1
    if (high < 2 ** HIGH_BITS) return
    begin(lastMs + 1)
    high = 0
    low = number(random.bytes(STEP_BYTES), 0, STEP_BYTES)
  }

  /** 128 bits as 26 digits: the time in ten of them, and what follows in twice eight. */
  function nextDigits(): string {
    const nowMs = Math.trunc(clock.now())
    if (nowMs > lastMs) {
      begin(nowMs)
      draw()
    } else countUp()
    const behind = high % 2 ** BEHIND_VARIANT_BITS
    const before = (high - behind) / 2 ** BEHIND_VARIANT_BITS
    const upper =
      VERSION * 2 ** 36 + before * 2 ** (BEHIND_VARIANT_BITS + 2) + VARIANT * 2 ** BEHIND_VARIANT_BITS + behind
    return time + digits(upper, 4) + digits(low, 4)
  }

  return { next: <P extends IdPrefix>(prefix: P) => `${prefix}_${nextDigits()}` as IdOf<P> }
}

/** Of up to six bytes, the first the highest. */
function number(bytes: Uint8Array, from: number, to: number): number {
  let value = 0
  for (let index = from; index < to; index++) value = value * 256 + bytes[index]!
  return value
}

/** A number as so many pairs of digits. */
function digits(value: number, pairs: number): string {
  let text = ''
  let rest = value
  for (let left = pairs; left > 0; left--) {
    const above = Math.floor(rest / PAIR_VALUES)
    text = PAIRS[rest - above * PAIR_VALUES]! + text
    rest = above
  }
  return text
}
