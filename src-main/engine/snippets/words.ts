import type { Extra, Plan } from './plan.ts'
import { isAsymmetric } from './plan.ts'

/** What the list of keys is called, and what the caller is told about it. */
export function keysOf(plan: Plan): { name: 'secrets' | 'tokens' | 'publicKeys' | 'certificates'; says: string } {
  const rotation = 'more than one only while you rotate them'
  const { algorithm, key, newSecret } = plan.scheme
  if (algorithm === 'rsa-sha256') return { name: 'certificates', says: `the certificates of ${plan.name}, as PEM` }
  if (isAsymmetric(plan)) {
    const form = newSecret.encoding === 'hex' ? 'in hexadecimal' : 'in base64'
    return { name: 'publicKeys', says: `the public keys ${form}, as they are shown to you` }
  }
  if (algorithm === 'token') return { name: 'tokens', says: `the secret tokens that count; ${rotation}` }
  const prefix = typeof key === 'object' && 'base64AfterPrefix' in key ? `, ${key.base64AfterPrefix} included` : ''
  return { name: 'secrets', says: `the signing secrets that count, as they are shown to you${prefix}; ${rotation}` }
}

export const BODY_SAYS = 'the raw bytes of the body, before any parser has touched them'

export function extraSays(extra: Extra, plan: Plan): string {
  if (extra === 'method') return 'the method of the request'
  if (extra === 'url') return `the public URL exactly as ${plan.name} calls it, query included`
  return `the id of the webhook, as ${plan.name} shows it`
}

export function purposeOf({ name, scheme }: Plan): string {
  return `whether a request carries a valid ${name} ${scheme.algorithm === 'token' ? 'token' : 'signature'}.`
}

interface AgeWords {
  age: string
  limit: string
  abs: (age: string) => string
}

/** The conditions under which an age in seconds is refused, in the notation that all five languages share. */
export function staleConditions(plan: Plan, words: AgeWords): string[] {
  const { pastSeconds, futureSeconds } = plan.freshness ?? { pastSeconds: null, futureSeconds: null }
  if (pastSeconds !== null && pastSeconds === futureSeconds) return [`${words.abs(words.age)} > ${words.limit}`]
  return [
    ...(pastSeconds === null ? [] : [`${words.age} > ${words.limit}`]),
    ...(futureSeconds === null ? [] : [`${words.age} < ${futureSeconds === 0 ? 0 : -futureSeconds}`]),
  ]
}

/** The conditions under which an age in seconds is accepted: the opposite of those above. */
export function freshConditions(plan: Plan, words: AgeWords): string[] {
  const opposite = (condition: string) => condition.replace(' > ', ' <= ').replace(' < ', ' >= ')
  return staleConditions(plan, words).map(opposite)
}
