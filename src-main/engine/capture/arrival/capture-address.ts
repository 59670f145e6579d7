import { z } from 'zod'
import type { Source } from '#shared/model/source.ts'
import type { Random, Store } from '../../ports.ts'
import { hmacSha256, sameText } from '../../signing/digest.ts'

const SETTING = 'captureAddresses'
const Kept = z.object({ secret: z.string() })
const SECRET_BYTES = 32
/** 26 of 36 signs: 134 bits, which nobody guesses. */
const TOKEN_LENGTH = 26
const GUARDED = new RegExp(`^(.+)-([0-9a-z]{${TOKEN_LENGTH}})$`)

/** What stands for a source in its capture address: `/in/<it>`. */
export interface CaptureAddresses {
  of(source: Pick<Source, 'id' | 'slug'>): string
  /** Whether a part of a path stands for the source. */
  isOf(source: Pick<Source, 'id' | 'slug'>, text: string): boolean
}

/** Whether a part of a path may stand for the source with this slug, guarded or not. */
export function looksLikeAddressOf(slug: string, text: string): boolean {
  return text === slug || GUARDED.exec(text)?.[1] === slug
}

const OPEN: CaptureAddresses = { of: ({ slug }) => slug, isOf: ({ slug }, text) => text === slug }

/**
 * `isGuarded` where strangers can reach the capture port: an address is then the slug and a token, made from a secret of this
 * installation and the source's id, so that it stays the same and is kept nowhere. Otherwise it is the slug alone.
 */
export async function loadCaptureAddresses(
  settings: Store['settings'],
  { random, isGuarded }: { random: Random; isGuarded: boolean },
): Promise<CaptureAddresses> {
  if (!isGuarded) return OPEN
  const secret = await secretOf(settings, random)
  const tokenOf = ({ id }: Pick<Source, 'id'>): string =>
    BigInt(`0x${hmacSha256(secret, id, 'hex')}`)
      .toString(36)
      .padStart(TOKEN_LENGTH, '0')
      .slice(-TOKEN_LENGTH)
  return {
    of: (source) => `${source.slug}-${tokenOf(source)}`,
    isOf(source, text) {
      const [, slug, token = ''] = GUARDED.exec(text) ?? []
      return slug === source.slug && sameText(token, tokenOf(source))
    },
  }
}

async function secretOf(settings: Store['settings'], random: Random): Promise<string> {
  const kept = Kept.safeParse(await settings.get('account', SETTING))
  if (kept.success) return kept.data.secret
  const secret = Buffer.from(random.bytes(SECRET_BYTES)).toString('hex')
  await settings.put('account', SETTING, { secret })
  return secret
}
