import { hkdfSync, randomBytes } from 'node:crypto'
import { KEY_BYTES, open, seal, SealBrokenError } from './aead.ts'

/** Layout of a sealed text: this byte, the number of its data key, a salt, then what `seal` makes. */
const LAYOUT_VERSION = 2
/** Texts of the first layout were sealed by a project's first data key itself. */
const FIRST_LAYOUT_VERSION = 1
const NUMBER_BYTES = 4
const SALT_BYTES = 32
const HEAD_BYTES = 1 + NUMBER_BYTES + SALT_BYTES

/** One of the keys of a project, by its number. */
export interface DataKey {
  number: number
  bytes: Uint8Array
}

/**
 * Seals a text under a key of its own, derived from the data key and a fresh salt: no two texts share a key, so that no
 * nonce can ever meet itself under one, however many are sealed and wherever from.
 */
export function sealText(key: DataKey, text: string, context: string): Uint8Array {
  const salt = randomBytes(SALT_BYTES)
  const sealed = seal(ownKey(key, salt), new TextEncoder().encode(text), context)
  const head = Buffer.alloc(1 + NUMBER_BYTES)
  head.writeUInt8(LAYOUT_VERSION)
  head.writeUInt32BE(key.number, 1)
  return new Uint8Array(Buffer.concat([head, salt, sealed]))
}

/** The text, once it is verified. Throws `SealBrokenError`. */
export function openText(key: DataKey, sealed: Uint8Array, context: string): string {
  if (keyNumberOf(sealed) !== key.number) throw new SealBrokenError()
  if (sealed[0] === FIRST_LAYOUT_VERSION) return new TextDecoder().decode(open(key.bytes, sealed, context))
  const salt = sealed.subarray(1 + NUMBER_BYTES, HEAD_BYTES)
  return new TextDecoder().decode(open(ownKey(key, salt), sealed.subarray(HEAD_BYTES), context))
}

/** The number of the data key that sealed it. Throws `SealBrokenError` where that cannot be told. */
export function keyNumberOf(sealed: Uint8Array): number {
  if (sealed[0] === FIRST_LAYOUT_VERSION) return 1
  if (sealed[0] !== LAYOUT_VERSION || sealed.length < HEAD_BYTES) throw new SealBrokenError()
  return new DataView(sealed.buffer, sealed.byteOffset).getUint32(1)
}

function ownKey({ number, bytes }: DataKey, salt: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', bytes, salt, `hookloop text ${number}`, KEY_BYTES))
}
