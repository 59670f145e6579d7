import type { Provider } from '../catalog/provider.ts'
import { type Piece, piecesOf } from '../signing/content/template.ts'
import type { SigningScheme, TimestampUnit } from '../signing/scheme.ts'

/** A value that verifying reads from a header of its own. */
export type HeaderVariable = 'id' | 'timestamp' | 'nonce'

/** What verifying one form of a signature takes, before it is written in any language. */
export interface Plan {
  provider: string
  name: string
  scheme: SigningScheme
  /** What stands before each signature. */
  mark: string
  /** The headers of signatures: several where each key has one of its own. */
  signatureHeaders: readonly string[]
  /** Where one header holds several items: what parts them, what stands before all, and the items that are no signature. */
  list: { separator: string; lead: string; parts: readonly { prefix: string; variable: string }[] } | null
  /** Further headers that are needed, in the order in which the content uses them. */
  reads: readonly { variable: HeaderVariable; header: string }[]
  content: readonly Piece[]
  freshness: Freshness | null
  /** What the caller gives beside body, headers and secrets. */
  extras: readonly Extra[]
}

export type Extra = 'method' | 'url' | 'webhookId'

export interface Freshness {
  unit: TimestampUnit
  /** Null where that side is not limited. */
  pastSeconds: number | null
  futureSeconds: number | null
  /** The path of the time in the JSON body; null where a header carries it. */
  field: string | null
}

const EXTRAS: Readonly<Record<string, Extra>> = { method: 'method', url: 'url', label: 'webhookId' }

/** The plan for a provider's preferred form; null where the form is none that every language can write. */
export function planFor({ id, name, signing: scheme }: Pick<Provider, 'id' | 'name' | 'signing'>): Plan | null {
  if (!scheme || scheme.fields || scheme.url || scheme.algorithm === 'sha256') return null
  if (!isPlain(name, scheme)) return null
  const content = piecesOf(scheme.signedContent)
  if (content.some((piece) => 'token' in piece && !WRITABLE.has(piece.token))) return null
  const signed = scheme.headers.filter(([, template]) => template.includes('{signature'))
  const list = listOf(scheme, signed[0]?.[1] ?? '')
  return {
    provider: id,
    name,
    scheme,
    mark: scheme.signatureFormat.split('{signature}')[0] ?? '',
    signatureHeaders: signed.map(([header]) => header),
    list,
    reads: readsOf(scheme, list?.parts.map(({ variable }) => variable) ?? []),
    content,
    freshness: freshnessOf(scheme),
    extras: [...new Set(tokensOf(content).flatMap((token) => EXTRAS[token] ?? []))],
  }
}

/** What stands for itself between quotes in every language. */
const PLAIN = /^[\w .,:;|=+@~/-]*$/

/** Whether a scheme can be written into code as it is; that of a person's own may hold anything. */
function isPlain(name: string, { signedContent, signatureFormat, headers }: SigningScheme): boolean {
  const templates = [signedContent, signatureFormat, ...headers.map(([, template]) => template)]
  const literals = templates.map((template) => template.replaceAll(/\{[\w.-]+\}/g, ''))
  return literals.every((text) => PLAIN.test(text)) && !/[\p{Cc}]|\*\/|\?>/u.test(name)
}

const WRITABLE = new Set([
  'body',
  'id',
  'timestamp',
  'nonce',
  'method',
  'url',
  'label',
  'crc32',
  'signedHeaders',
  'signedHeaderValues',
])

const tokensOf = (content: readonly Piece[]) => content.flatMap((piece) => ('token' in piece ? [piece.token] : []))

/** Whether the content holds a token. */
export function uses(plan: Plan, token: string): boolean {
  return tokensOf(plan.content).includes(token)
}

export function isAsymmetric({ scheme }: Plan): boolean {
  return typeof scheme.key === 'object' && 'asymmetric' in scheme.key
}

function listOf({ join }: SigningScheme, template: string): Plan['list'] {
  if (join === null) return null
  const separator = join.trim() === '' ? ' ' : join.trim()
  const items = template.split(separator).map((item) => item.trim())
  const parts = items.flatMap((item) => {
    const [, prefix, variable] = /^(.*)\{(timestamp|signedHeaders)\}$/.exec(item) ?? []
    return prefix === undefined || variable === undefined ? [] : [{ prefix, variable }]
  })
  return { separator, parts, lead: parts.length === 0 ? (template.split('{signatures}')[0] ?? '') : '' }
}

function readsOf(scheme: SigningScheme, inList: readonly string[]): Plan['reads'] {
  const wanted = tokensOf(piecesOf(scheme.signedContent))
  const isTimed = scheme.tolerance !== undefined && scheme.timestampField === undefined
  const needed = (['id', 'timestamp', 'nonce'] as const).filter(
    (token) => !inList.includes(token) && (wanted.includes(token) || (token === 'timestamp' && isTimed)),
  )
  return needed.flatMap((variable) => {
    const header = scheme.headers.find(([, template]) => template === `{${variable}}`)?.[0]
    return header === undefined ? [] : [{ variable, header }]
  })
}

function freshnessOf({ tolerance, timestamp, timestampField }: SigningScheme): Freshness | null {
  if (!tolerance) return null
  const seconds = (ms: number | null) => (ms === null ? null : ms / 1_000)
  return {
    unit: timestamp,
    pastSeconds: seconds(tolerance.pastMs),
    futureSeconds: seconds(tolerance.futureMs),
    field: timestampField ?? null,
  }
}
