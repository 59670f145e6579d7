import type { VerdictReason } from '#shared/model/verdict.ts'
import type { SigningScheme } from './scheme.ts'

export type Reading =
  | { signatures: readonly string[]; parts: Readonly<Record<string, string>> }
  | { reason: Extract<VerdictReason, 'malformed_header' | 'unsupported_version'> }

interface Layout {
  /** The named parts beside the signatures, such as `t=` for the timestamp. */
  parts: readonly { prefix: string; token: string }[]
  /** What stands once before all signatures. */
  lead: string
  /** What stands before each signature. */
  mark: string
}

const FORMS = {
  hex: /^(?:[0-9a-f]{2})+$/i,
  base64: /^(?:[a-z0-9+/]{4})*(?:[a-z0-9+/]{2}==|[a-z0-9+/]{3}=)?$/i,
  base64url: /^[a-z0-9_-]+$/i,
} as const
const VERSIONED = /^[a-z][\w-]{0,15}[=,]./i
const SIGNATURES = /\{signature(?:s|\.\d)\}/

/** The signatures and named parts of one header's value, read after its template. */
export function readSignature(scheme: SigningScheme, template: string, value: string): Reading {
  const layout = layoutOf(scheme, template)
  const parts: Record<string, string> = {}
  const signatures: string[] = []
  let hasOtherVersion = false
  for (const [index, item] of itemsOf(scheme, value).entries()) {
    const part = layout.parts.find(({ prefix }) => item.startsWith(prefix))
    const signature = signatureIn(item, layout, index === 0)
    if (part) {
      const text = item.slice(part.prefix.length)
      if ((parts[part.token] ?? text) !== text) return { reason: 'malformed_header' }
      parts[part.token] = text
    } else if (signature !== null && isEncoded(scheme, signature)) signatures.push(signature)
    else hasOtherVersion ||= signature === null && VERSIONED.test(item)
  }
  const isWhole = layout.parts.every(({ token }) => Object.hasOwn(parts, token))
  if (signatures.length > 0 && isWhole) return { signatures, parts }
  return { reason: signatures.length === 0 && hasOtherVersion ? 'unsupported_version' : 'malformed_header' }
}

/** Whether a text has the form of the scheme's signatures. */
export function isEncoded({ algorithm, encoding }: SigningScheme, text: string): boolean {
  return text !== '' && (algorithm === 'token' || FORMS[encoding].test(text))
}

function itemsOf({ join }: SigningScheme, value: string): string[] {
  if (join === null) return [value]
  return join.trim() === '' ? value.split(/ +/).filter(Boolean) : value.split(join.trim()).map((item) => item.trim())
}

function layoutOf(scheme: SigningScheme, template: string): Layout {
  const [mark = ''] = scheme.signatureFormat.split('{signature}')
  const layout: Layout = { parts: [], lead: '', mark }
  return itemsOf(scheme, template).reduce((so, item): Layout => {
    const [lead = ''] = item.split(SIGNATURES)
    if (SIGNATURES.test(item)) return { ...so, lead }
    const [, prefix = '', token = ''] = /^(.*)\{(.+)\}$/.exec(item) ?? []
    return token === '' ? so : { ...so, parts: [...so.parts, { prefix, token }] }
  }, layout)
}

function signatureIn(item: string, { lead, mark, parts }: Layout, isFirst: boolean): string | null {
  const start = lead !== '' && isFirst && parts.length === 0 ? lead + mark : mark
  if (!item.startsWith(start)) return null
  return start === '' && VERSIONED.test(item) && !item.endsWith('=') ? null : item.slice(start.length)
}
