import type { FailureCode } from '#shared/model/failure.ts'

const CODES: Readonly<Record<string, FailureCode>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls_wrong_host',
  CERT_HAS_EXPIRED: 'tls_expired',
  CERT_NOT_YET_VALID: 'tls_not_yet_valid',
  // The chain ends at the receiver's own certificate: whoever signed it did not come along.
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls_incomplete_chain',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls_untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls_untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'tls_untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls_untrusted',
  CERT_UNTRUSTED: 'tls_untrusted',
  CERT_REVOKED: 'tls_untrusted',
  INVALID_CA: 'tls_untrusted',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'tls_protocol',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'tls_protocol',
  ERR_SSL_NO_PROTOCOLS_AVAILABLE: 'tls_protocol',
  ERR_SSL_WRONG_VERSION_NUMBER: 'tls_plain_http',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'tls_plain_http',
  ERR_SSL_HTTP_REQUEST: 'tls_plain_http',
}

/** What a failed handshake means, by Node's or OpenSSL's code. */
export function tlsCode(code: string): FailureCode {
  return CODES[code] ?? 'tls_failed'
}

export function tlsDetail({ code, message, reason }: { code: string; message: string; reason: string | null }): string {
  if (reason !== null && !code.startsWith('ERR_TLS_CERT')) return reason
  return code.startsWith('ERR_SSL') || code === 'EPROTO' ? code : message
}
