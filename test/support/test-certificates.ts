import { readFileSync } from 'node:fs'

function pem(name: string): string {
  return readFileSync(new URL(`certificates/${name}.pem`, import.meta.url), 'utf8')
}

const key = pem('localhost.key')

/** Certificates that only tests use, self-signed but for the chain; all receivers share one key. */
export const testCertificates = {
  localhost: { key, cert: pem('localhost.cert') },
  expired: { key, cert: pem('expired.cert') },
  elsewhere: { key, cert: pem('elsewhere.cert') },
  /** Valid from the year 2090. */
  future: { key, cert: pem('future.cert') },
  /** For localhost, signed by an intermediate authority that comes along, or does not. */
  chained: { key, cert: pem('leaf.cert') + pem('intermediate.cert') },
  withoutIntermediate: { key, cert: pem('leaf.cert') },
}

/** Vouches for the chained ones. */
export const testAuthority = pem('root.cert')

/** An RSA certificate of a sender that signs its messages. */
export const testSender = { key: pem('sender.key'), cert: pem('sender.cert') }

/** The RSA certificate of another sender. */
export const otherSenderCertificate = pem('other-sender.cert')
