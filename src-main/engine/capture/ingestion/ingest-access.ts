import { AppError } from '#shared/model/app-error.ts'
import { ANY_ORIGIN } from '#shared/model/source.ts'
import type { Random } from '../../ports.ts'

/** 128 bits, which nobody guesses. */
const KEY_BYTES = 16

export function newIngestKey(random: Pick<Random, 'bytes'>): string {
  return `ing_${Buffer.from(random.bytes(KEY_BYTES)).toString('hex')}`
}

/** The origins as browsers write them. Throws `AppError` for what is none. */
export function checkedOrigins(origins: readonly string[]): readonly string[] {
  const written = origins.map((origin, index) => {
    const text = origin.trim()
    const url = URL.canParse(text) ? new URL(text) : null
    if (text === ANY_ORIGIN || text === 'null') return text
    if (url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin
    throw new AppError('invalid_request', `“${text.slice(0, 100)}” is not an origin.`, {
      field: `allowedOrigins.${index}`,
      hint: 'Write scheme, host and port alone, such as https://shop.example, or * for any.',
    })
  })
  return [...new Set(written)]
}
