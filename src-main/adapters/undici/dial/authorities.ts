import { X509Certificate } from 'node:crypto'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { DialError } from './dial-error.ts'

/** Own authorities whose contexts are kept; building one reads all of the system's certificates again. */
const KEPT_CONTEXTS = 32

/** Gives the context that trusts `ca` (PEM) beside the usual authorities; undefined stands for the usual ones alone. */
export type Authorities = (ca: string | null) => SecureContext | undefined

/** `usual` are trusted in place of the system's, as PEM. The returned function throws where `ca` cannot be read. */
export function createAuthorities(usual: readonly string[] | undefined): Authorities {
  const kept = new Map<string | null, SecureContext>()

  return (ca) => {
    if (ca === null && !usual) return undefined
    const known = kept.get(ca)
    if (known) return known
    const trusted = usual ?? getCACertificates('default')
    const context = createSecureContext({ ca: [...trusted, ...(ca === null ? [] : [checked(ca)])] })
    const [oldest] = kept.keys()
    if (kept.size >= KEPT_CONTEXTS && oldest !== undefined) kept.delete(oldest)
    kept.set(ca, context)
    return context
  }
}

/** A context takes anything for a certificate and says nothing of what it could not read. */
function checked(ca: string): string {
  try {
    void new X509Certificate(ca)
    return ca
  } catch {
    throw new DialError('tls_untrusted', 'the endpoint’s own authority cannot be read as a certificate')
  }
}
