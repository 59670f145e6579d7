import { randomFillSync } from 'node:crypto'
import type { Random } from '#main/engine/ports.ts'

/** Drawn from the operating system at once: each draw costs more than the bytes it brings. */
const POOL_BYTES = 4_096
const FRACTION_BYTES = 6

const pool = Buffer.alloc(POOL_BYTES)
let used = POOL_BYTES

/** The next `length` bytes of the pool; they are wiped there, so that none is ever given twice. */
function draw(length: number): Uint8Array {
  if (length > POOL_BYTES) return randomFillSync(new Uint8Array(length))
  if (used + length > POOL_BYTES) {
    randomFillSync(pool)
    used = 0
  }
  const bytes = new Uint8Array(pool.subarray(used, used + length))
  pool.fill(0, used, used + length)
  used += length
  return bytes
}

/** Chance from the operating system, fit for keys. */
export const systemRandom: Random = {
  fraction: () => Buffer.from(draw(FRACTION_BYTES).buffer).readUIntBE(0, FRACTION_BYTES) / 2 ** (8 * FRACTION_BYTES),
  bytes: draw,
}
