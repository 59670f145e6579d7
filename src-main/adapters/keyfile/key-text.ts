import { z } from 'zod'
import { VaultLockedError } from '#main/engine/ports.ts'

const KEY_BYTES = 32
const BASE64_KEY = /^[A-Za-z0-9+/]{43}=$/
const Bytes = z.base64().transform((text): Uint8Array => new Uint8Array(Buffer.from(text, 'base64')))

const Sealed = z.discriminatedUnion('keptBy', [
  z.strictObject({ keptBy: z.literal('keychain'), sealed: Bytes }),
  z.strictObject({
    keptBy: z.literal('passphrase'),
    /** Of scrypt, as the power of two that it asks of memory and time. */
    costLog2: z.number().int().min(10).max(20),
    salt: Bytes,
    sealed: Bytes,
  }),
])
export type SealedByPassphrase = Extract<z.infer<typeof Sealed>, { keptBy: 'passphrase' }>

/** What a key file holds: the key itself, or the key as its keeper sealed it. */
export type KeptKey = { keptBy: 'key_file'; key: Uint8Array } | z.infer<typeof Sealed>

/** A 32-byte key from its base64 text; `place` names where it came from. Throws `VaultLockedError`. */
export function parseKey(text: string, place: string, fix: string): Uint8Array {
  const trimmed = text.trim()
  const bytes = BASE64_KEY.test(trimmed) ? Buffer.from(trimmed, 'base64') : null
  if (bytes?.length === KEY_BYTES) return new Uint8Array(bytes)
  throw new VaultLockedError(`${place} does not hold a key (32 bytes in base64, one line of 44 characters). ${fix}`)
}

/** Reads the text of a key file. Throws `VaultLockedError` where it is none. */
export function readKeyText(text: string, place: string): KeptKey {
  const fix = 'Put back its copy; without it, secrets must be entered again.'
  if (!text.startsWith('{')) return { keptBy: 'key_file', key: parseKey(text, place, fix) }
  try {
    return Sealed.parse(JSON.parse(text))
  } catch {
    throw new VaultLockedError(`${place} holds a sealed key that cannot be read. ${fix}`)
  }
}

export function writeKeyText(kept: KeptKey): string {
  if (kept.keptBy === 'key_file') return `${base64(kept.key)}\n`
  const { sealed, ...rest } = kept
  const salt = 'salt' in rest ? { salt: base64(rest.salt) } : {}
  return `${JSON.stringify({ ...rest, ...salt, sealed: base64(sealed) })}\n`
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
