/** What a message is proven with. `sha256` hashes content that holds the secret; `token` shows the secret itself. */
export type Algorithm =
  | 'hmac-sha1'
  | 'hmac-sha256'
  | 'hmac-sha512'
  | 'sha256'
  | 'ed25519'
  | 'ecdsa-p256'
  | 'rsa-sha256'
  | 'token'

/**
 * How a secret's text becomes a key. `asymmetric` takes a private key to sign and a public key, certificate or private key to
 * verify, as PEM, hex or base64, each with or without its prefix; with `label`, what stands before the first colon is kept
 * for `{label}`.
 */
export type KeyDecoding =
  | 'utf8'
  | 'hex'
  | { base64AfterPrefix: string }
  | { asymmetric: { privatePrefix: string; publicPrefix: string; label?: boolean } }

export type TimestampUnit = 's' | 'ms' | 'rfc3339'

/** How far a timestamp may lie from the clock before a genuine message counts as stale or early; null for any distance. */
export interface Tolerance {
  pastMs: number | null
  futureMs: number | null
}

/** Fields of a JSON body that carry what others put into headers. */
export interface SignedFields {
  /** Where the signature stands, as a path with full stops. */
  signature: string
  /** Further fields, and the token that each one carries. */
  others: readonly (readonly [path: string, token: string])[]
  /** For a body that holds several signed records: the path of their list, and of the record in an entry. */
  records?: { list: string; record: string }
}

/**
 * How a sender signs, as data. Templates (signed content, header values) hold literal text and tokens in braces:
 * `{id}` message id · `{timestamp}` · `{nonce}` · `{type}` event type · `{delivery}` the body of the delivery's id ·
 * `{label}` what stands before the secret's key · `{secret}` · `{body}` the raw bytes · `{crc32}` of the body, decimal ·
 * `{method}` · `{url}` the public URL · `{form}` names and values of a form body, sorted ·
 * `{body.<path>}` a field of a JSON body · `{header.<name>}` another header's value ·
 * `{signedHeaders}` and `{signedHeaderValues}` the names that are signed too, and their values.
 * Header values also know `{signatures}`, and `{signature.0}`, `{signature.1}` where each key has a header of its own.
 * A header whose template yields nothing is left out.
 */
export interface SigningScheme {
  algorithm: Algorithm
  key: KeyDecoding
  timestamp: TimestampUnit
  signedContent: string
  encoding: 'hex' | 'base64' | 'base64url'
  /** One signature as it stands in `{signatures}`, such as `v1,{signature}`. */
  signatureFormat: string
  /** What stands between signatures while several secrets are active; null where a header takes only one. */
  join: string | null
  headers: readonly (readonly [name: string, template: string])[]
  /** How a new secret looks. */
  newSecret: { prefix: string; bytes: number; encoding: 'base64' | 'hex' | 'pem' }
  tolerance?: Tolerance
  /** Where the signature stands in the body instead of a header. */
  fields?: SignedFields
  /** The JSON path of the timestamp that `tolerance` judges, where no header carries it. */
  timestampField?: string
  /** Names in lower case for `{signedHeaders}`, as a sender of ours would choose them. */
  signedHeaders?: readonly string[]
  /**
   * Which ways of writing the public URL may have been signed: with and without its port, query sorted.
   * `bodyHash` names the query parameter that carries the SHA-256 of a body that is no form.
   */
  url?: { anyPort?: boolean; sortedQuery?: boolean; bodyHash?: string }
  /** The header whose value says that this form of the signature is meant. */
  when?: { header: string; value: string }
  /** Older and newer forms that the same sender uses, in the order of preference after this one. */
  also?: readonly SigningScheme[]
}
