/** What a message is signed with: how a secret's text becomes key bytes. */
export type KeyDecoding = 'utf8' | 'hex' | { base64AfterPrefix: string }

/**
 * How a sender signs, as data. Templates (signed content, header values) hold literal text and tokens in braces:
 * `{id}` message id · `{timestamp}` · `{body}` the raw bytes (signed content only) · `{signatures}` (header values only) ·
 * `{type}` event type · `{delivery}` the body of the delivery's id · `{body.<field>}` a top-level string field of a JSON body.
 * A header whose template yields nothing is left out.
 */
export interface SigningScheme {
  algorithm: 'hmac-sha1' | 'hmac-sha256' | 'hmac-sha512'
  key: KeyDecoding
  timestamp: 's' | 'ms'
  signedContent: string
  encoding: 'hex' | 'base64'
  /** One signature as it stands in `{signatures}`, such as `v1,{signature}`. */
  signatureFormat: string
  /** What stands between signatures while several secrets are active; null where a header takes only one. */
  join: string | null
  headers: readonly (readonly [name: string, template: string])[]
  /** How a new secret looks. */
  newSecret: { prefix: string; bytes: number; encoding: 'base64' | 'hex' }
}
