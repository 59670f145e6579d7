import type { Clock, Ids, Random } from '#main/engine/ports.ts'
import type { IdOf, IdPrefix } from '#shared/model/ids.ts'

/** Bits of a UUIDv7 that are neither time nor layout: 12 after the version, 62 after the variant. */
const CHANCE_BITS = 74n
const LOW_BITS = 62n
/** Steps within one millisecond are this wide, so that the next id cannot be told from the last. */
const STEP_BYTES = 4
const DIGITS = 26
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** By the code of the digit as numbers are written to the base 32. */
const DIGIT_OF = Array.from(
  { length: 128 },
  (_, code) => CROCKFORD[Number.parseInt(String.fromCharCode(code), 32)] ?? '',
)

/** Makes UUIDv7 ids that only grow within a run, also within one millisecond and when the clock goes back. */
export function createIds({ clock, random }: { clock: Pick<Clock, 'now'>; random: Random }): Ids {
  let lastMs = -1n
  let chance = 0n

  function nextValue(): bigint {
    const nowMs = BigInt(Math.trunc(clock.now()))
    if (nowMs > lastMs) {
      lastMs = nowMs
      // The top bit starts unset: there is always room to count up.
      chance = toBigInt(random.bytes(10)) >> (80n - CHANCE_BITS + 1n)
    } else {
      chance += 1n + toBigInt(random.bytes(STEP_BYTES))
      if (chance >> CHANCE_BITS !== 0n) {
        lastMs += 1n
        chance = toBigInt(random.bytes(STEP_BYTES))
      }
    }
    return uuidV7(lastMs, chance)
  }

  return { next: <P extends IdPrefix>(prefix: P) => `${prefix}_${crockford(nextValue())}` as IdOf<P> }
}

function uuidV7(ms: bigint, chance: bigint): bigint {
  const high = chance >> LOW_BITS
  const low = chance & ((1n << LOW_BITS) - 1n)
  return (ms << 80n) | (7n << 76n) | (high << 64n) | (2n << 62n) | low
}

function toBigInt(bytes: Uint8Array): bigint {
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  return value
}

function crockford(value: bigint): string {
  const digits = value.toString(32).padStart(DIGITS, '0')
  let text = ''
  for (let at = 0; at < DIGITS; at++) text += DIGIT_OF[digits.charCodeAt(at)]
  return text
}
