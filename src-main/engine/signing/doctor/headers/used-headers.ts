import { neededTokens, signatureHeaders } from '../../carried.ts'
import type { SigningScheme } from '../../scheme.ts'
import { formsOf } from '../subject.ts'

/** The headers that a verifier of a scheme reads, as it names them. */
export function usedHeaders(scheme: SigningScheme): readonly string[] {
  const names = formsOf(scheme).flatMap((form) => [
    ...signatureHeaders(form).map(([name]) => name),
    ...tokenHeaders(form),
  ])
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()]
}

/** The headers that carry one token each, such as the timestamp. */
export function tokenHeaders(form: SigningScheme): readonly string[] {
  return neededTokens(form).flatMap((token) => {
    const name = headerOf(form, token)
    return name === null ? [] : [name]
  })
}

/** The header that carries nothing but one token; null where there is none. */
export function headerOf({ headers }: SigningScheme, token: string): string | null {
  return headers.find(([, template]) => template === `{${token}}`)?.[0] ?? null
}
