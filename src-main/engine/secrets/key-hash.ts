import { createHmac, timingSafeEqual } from 'node:crypto'

/** What is kept of an API key’s text: HMAC-SHA256 under the installation’s own hash key. */
export function keyHash(hashKey: Uint8Array, text: string): Uint8Array {
  return new Uint8Array(createHmac('sha256', hashKey).update(text).digest())
}

/** In a time that tells nothing about where two hashes differ. */
export function sameHash(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}
