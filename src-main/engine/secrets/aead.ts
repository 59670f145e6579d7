import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Layout of what is sealed: this byte, the nonce, the tag, then as many bytes as the plain text has. */
const LAYOUT_VERSION = 1
const NONCE_BYTES = 12
/** Node accepts shorter tags, which are easier to forge, unless the length is pinned. */
const TAG_BYTES = 16
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES
const ALGORITHM = 'aes-256-gcm'

/** The length of a key for `seal` and `open`. */
export const KEY_BYTES = 32

/** What was sealed was changed, cut, or belongs to another key or context. */
export class SealBrokenError extends Error {
  constructor(options?: ErrorOptions) {
    super('Sealed bytes do not open with this key and context', options)
    this.name = 'SealBrokenError'
  }
}

/** Encrypts with AES-256-GCM under a fresh nonce; `context` is bound to the result but not stored in it. */
export function seal(key: Uint8Array, plain: Uint8Array, context: string): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(context))
  const hidden = Buffer.concat([cipher.update(plain), cipher.final()])
  return new Uint8Array(Buffer.concat([Buffer.of(LAYOUT_VERSION), nonce, cipher.getAuthTag(), hidden]))
}

/** The plain text, once it is verified. Throws `SealBrokenError`. */
export function open(key: Uint8Array, sealed: Uint8Array, context: string): Uint8Array {
  if (sealed.length < HEAD_BYTES || sealed[0] !== LAYOUT_VERSION) throw new SealBrokenError()
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(context))
  decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEAD_BYTES))
  const unverified = decipher.update(sealed.subarray(HEAD_BYTES))
  try {
    return new Uint8Array(Buffer.concat([unverified, decipher.final()]))
  } catch (error) {
    throw new SealBrokenError({ cause: error })
  } finally {
    unverified.fill(0)
  }
}
