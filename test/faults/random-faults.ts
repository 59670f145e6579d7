import type { Behaviour } from '#test/support/misbehaving-receiver/behaviour.ts'

/** The same numbers in [0, 1) for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Faults that a delivery outlives, by how often they come in a hundred requests; the rest are plain 200s. */
const FAULTS: readonly [number, Behaviour][] = [
  [5, { do: 'answer', status: 500 }],
  [3, { do: 'answer', status: 503, headers: [['Retry-After', '1']] }],
  [2, { do: 'answer', status: 429 }],
  [4, { do: 'reset' }],
  [2, { do: 'reset-while-sending' }],
  [3, { do: 'cut' }],
  [2, { do: 'silence' }],
  [1, { do: 'drip-body', status: 200, everyMs: 100 }],
  [1, { do: 'trickle-headers', everyMs: 100 }],
  [1, { do: 'not-http', bytes: 'SSH-2.0-OpenSSH_9.9\r\n' }],
  [2, { do: 'stale' }],
  [1, { do: 'body-after-204' }],
  [3, { do: 'answer', status: 200, delayMs: 50 }],
]

/** A receiver's script that does wrong at random, the same for the same seed. */
export function randomFaults(seed: number): () => Behaviour {
  const random = seededRandom(seed)
  return () => {
    let roll = random() * 100
    for (const [share, behaviour] of FAULTS) if ((roll -= share) < 0) return behaviour
    return { do: 'answer', status: 200 }
  }
}
