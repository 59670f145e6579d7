import type { Random } from '../ports/system.ts'
import { keyBytes } from './key.ts'
import type { SigningScheme } from './scheme.ts'

/** A fresh secret in the form that the scheme's senders use. */
export function newSecret({ newSecret: form }: SigningScheme, random: Pick<Random, 'bytes'>): string {
  return form.prefix + Buffer.from(random.bytes(form.bytes)).toString(form.encoding)
}

/** Why a secret cannot sign under this scheme, with the fix and never the value; null where it can. */
export function checkSecret({ key }: SigningScheme, text: string): string | null {
  if (text === '') return 'The secret is empty: paste the whole secret.'
  if (text !== text.trim()) return 'The secret begins or ends with a space or line break: remove it.'
  if (keyBytes(key, text)) return null
  if (key === 'hex') return 'The secret is not hexadecimal: use an even number of the digits 0-9 and a-f.'
  if (key === 'utf8') return 'The secret is empty: paste the whole secret.'
  return `The secret is not base64: use ${key.base64AfterPrefix} and then base64, as the sender or receiver shows it.`
}
