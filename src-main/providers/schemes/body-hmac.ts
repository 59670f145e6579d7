import type { SigningScheme } from '#main/engine/signing/scheme.ts'

type Headers = SigningScheme['headers']

interface BodyHmac {
  /** The header of the signature. */
  header: string
  /** What stands before the signature in its header. */
  prefix?: string
  /** What stands between signatures where the header takes several. */
  join?: string
  /** Headers that the sender adds beside it. */
  beside?: Headers
  algorithm?: Extract<SigningScheme['algorithm'], `hmac-${string}`>
  encoding?: SigningScheme['encoding']
  timestamp?: SigningScheme['timestamp']
  newSecret?: SigningScheme['newSecret']
  /** Older and newer forms, in the order of preference after this one. */
  also?: readonly SigningScheme[]
}

/** The commonest scheme of all: one header carries the HMAC of the body, by a secret that is used as it is written. */
export function bodyHmac({
  header,
  prefix = '',
  join,
  beside = [],
  algorithm = 'hmac-sha256',
  encoding = 'hex',
  timestamp = 's',
  newSecret = { prefix: '', bytes: 32, encoding: 'hex' },
  also,
}: BodyHmac): SigningScheme {
  return {
    algorithm,
    key: 'utf8',
    timestamp,
    signedContent: '{body}',
    encoding,
    signatureFormat: `${prefix}{signature}`,
    join: join ?? null,
    headers: [...beside, [header, '{signatures}']],
    newSecret,
    ...(also && { also }),
  }
}
