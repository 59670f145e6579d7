import { readFileSync } from 'node:fs'

function pem(name: string): string {
  return readFileSync(new URL(`certificates/${name}.pem`, import.meta.url), 'utf8')
}

const key = pem('localhost.key')

/** Self-signed certificates that only tests use; all share one key. */
export const testCertificates = {
  localhost: { key, cert: pem('localhost.cert') },
  expired: { key, cert: pem('expired.cert') },
  elsewhere: { key, cert: pem('elsewhere.cert') },
}
