import { randomBytes } from 'node:crypto'
import type { Random } from '#main/engine/ports.ts'

/** Chance from the operating system, fit for keys. */
export const systemRandom: Random = {
  fraction: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
  bytes: (length) => new Uint8Array(randomBytes(length)),
}
