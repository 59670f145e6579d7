import type { Random } from '../ports.ts'

/** Every API key begins so, which lets scanners of repositories and logs find one that leaked. */
export const KEY_MARK = 'hlk_'
const PREFIX_CHARACTERS = 10
/** 5 bits each: 160 bits, which nobody guesses. */
const SECRET_CHARACTERS = 32
const PREFIX_LENGTH = KEY_MARK.length + PREFIX_CHARACTERS
/** Without letters that are taken for others; 32 of them, so that each random byte gives one without bias. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

export function newKeyText(random: Pick<Random, 'bytes'>): string {
  const characters = [...random.bytes(PREFIX_CHARACTERS + SECRET_CHARACTERS)].map((byte) => ALPHABET[byte % 32])
  return `${KEY_MARK}${characters.slice(0, PREFIX_CHARACTERS).join('')}_${characters.slice(PREFIX_CHARACTERS).join('')}`
}

/** By which a key is looked up and shown; it gives nothing away. */
export function prefixOf(text: string): string {
  return text.slice(0, PREFIX_LENGTH)
}
