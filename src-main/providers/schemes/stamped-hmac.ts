import type { SigningScheme } from '#main/engine/signing/scheme.ts'

interface StampedHmac {
  header: string
  /** The name of the timestamp in the header. */
  stamp?: string
  /** The name of each signature in the header. */
  version?: string
  /** What parts the header's items. */
  join?: string
  /** What stands between timestamp and body in the signed content. */
  between?: string
  timestamp?: SigningScheme['timestamp']
  encoding?: SigningScheme['encoding']
  /** Headers that the sender adds beside it. */
  beside?: SigningScheme['headers']
  newSecret?: SigningScheme['newSecret']
  /** How old a message may be; absent where the sender's verifier takes any age. */
  pastMs?: number
  /** How far ahead of the clock its time may lie; absent for any distance. */
  futureMs?: number
}

/** One header carries time and signatures, such as `t=…,v1=…`, and the time is signed together with the body. */
export function stampedHmac({
  header,
  stamp = 't',
  version = 'v1',
  join = ',',
  between = '.',
  timestamp = 's',
  encoding = 'hex',
  beside = [],
  newSecret = { prefix: '', bytes: 32, encoding: 'hex' },
  pastMs,
  futureMs,
}: StampedHmac): SigningScheme {
  return {
    algorithm: 'hmac-sha256',
    key: 'utf8',
    timestamp,
    signedContent: `{timestamp}${between}{body}`,
    encoding,
    signatureFormat: `${version}={signature}`,
    join,
    headers: [...beside, [header, `${stamp}={timestamp}${join}{signatures}`]],
    newSecret,
    ...(pastMs !== undefined && { tolerance: { pastMs, futureMs: futureMs ?? null } }),
  }
}
