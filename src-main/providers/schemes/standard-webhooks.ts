import type { SigningScheme } from '#main/engine/signing/scheme.ts'

const FIVE_MINUTES_MS = 300_000

/**
 * The symmetric scheme of https://www.standardwebhooks.com (`v1`).
 * `names` begins the three header names: `webhook` as specified, `svix` as the service that it grew from writes them.
 */
export function standardWebhooksScheme(names: 'webhook' | 'svix' = 'webhook'): SigningScheme {
  return {
    ...shared(names),
    algorithm: 'hmac-sha256',
    key: { base64AfterPrefix: 'whsec_' },
    signatureFormat: 'v1,{signature}',
    newSecret: { prefix: 'whsec_', bytes: 32, encoding: 'base64' },
  }
}

/** Its asymmetric scheme (`v1a`): the receiver holds a public key alone. */
export function standardWebhooksAsymmetricScheme(): SigningScheme {
  return {
    ...shared('webhook'),
    algorithm: 'ed25519',
    key: { asymmetric: { privatePrefix: 'whsk_', publicPrefix: 'whpk_' } },
    signatureFormat: 'v1a,{signature}',
    newSecret: { prefix: 'whsk_', bytes: 64, encoding: 'base64' },
  }
}

function shared(names: string) {
  return {
    timestamp: 's',
    signedContent: '{id}.{timestamp}.{body}',
    encoding: 'base64',
    join: ' ',
    headers: [
      [`${names}-id`, '{id}'],
      [`${names}-timestamp`, '{timestamp}'],
      [`${names}-signature`, '{signatures}'],
    ],
    tolerance: { pastMs: FIVE_MINUTES_MS, futureMs: FIVE_MINUTES_MS },
  } satisfies Partial<SigningScheme>
}
