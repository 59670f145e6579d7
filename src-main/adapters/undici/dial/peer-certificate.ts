import type { PeerCertificate, TLSSocket } from 'node:tls'

/**
 * Why the peer's certificate was refused, with what it says of itself; null where it was accepted. Node throws a refused
 * certificate away, so that sockets are opened without that and must all pass here before anything is sent.
 */
export function certificateProblem(socket: TLSSocket): Error | null {
  if (socket.authorized) return null
  const code = codeOf(socket.authorizationError)
  return Object.assign(new Error(describe(code, socket.getPeerCertificate())), { code })
}

/** Typed as an error, but Node keeps its code alone. */
function codeOf(error: unknown): string {
  if (typeof error === 'string') return error
  return error instanceof Error && 'code' in error ? String(error.code) : 'CERT_UNTRUSTED'
}

function describe(code: string, certificate: PeerCertificate): string {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return `valid from ${isoDate(certificate.valid_from)} to ${isoDate(certificate.valid_to)}`
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `it names ${certificate.subjectaltname ?? `only ${name(certificate.subject)}`}`
    default:
      return `issued to ${name(certificate.subject)} by ${name(certificate.issuer)}; ${code}`
  }
}

function name(of: PeerCertificate['subject'] | undefined): string {
  return [of?.CN ?? of?.O ?? 'nobody'].flat().join(', ')
}

function isoDate(text: string): string {
  const at = Date.parse(text)
  return Number.isNaN(at) ? text : new Date(at).toISOString()
}
