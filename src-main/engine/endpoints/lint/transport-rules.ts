import type { LintRule } from './lint-subject.ts'
import { isPublic, isTemporary, targetUrl } from './target-host.ts'

export const insecureTransport: LintRule = ({ config }) => {
  const url = targetUrl(config.url)
  if (url?.protocol !== 'http:' || !isPublic(url)) return null
  return {
    code: 'insecure_transport',
    severity: 'danger',
    field: 'url',
    message: `Payloads and headers travel to ${url.host} unencrypted: anyone in between can read and change them.`,
    fix: 'Begin the URL with https://.',
  }
}

export const certificateNotVerified: LintRule = ({ config }) => {
  const url = targetUrl(config.url)
  if (config.tls.verify || url?.protocol !== 'https:') return null
  return {
    code: 'certificate_not_verified',
    severity: isPublic(url) ? 'danger' : 'warning',
    field: 'tls.verify',
    message: 'Any certificate is trusted, so anyone in between can pose as the receiver.',
    fix: 'Give the authority that signed the receiver’s certificate as a trusted one, and have certificates verified.',
  }
}

const SECRET_NAME =
  /(?:^|[_-])(?:(?:api|access|auth|private)?_?(?:key|token)|secret|password|passwd|pwd|auth|signature|sig)$/i

export const secretInQuery: LintRule = ({ config }) => {
  const [, query = ''] = config.url.split(/[?#]/)
  const pairs = [...new URLSearchParams(query)]
  const templated = pairs.find(([, value]) => value.includes('{secret.'))
  const plain = pairs.find(([name, value]) => SECRET_NAME.test(name) && value !== '' && !value.includes('{secret.'))
  if (plain) {
    return {
      code: 'secret_in_query',
      severity: 'danger',
      field: 'url',
      message: `The value of “${plain[0]}” stands in the URL in clear, and with it in the receiver’s logs, in snapshots and in every attempt.`,
      fix: 'Keep it as a secret of the endpoint, and send it as a header: Authorization: Bearer {secret.name}.',
    }
  }
  if (!templated) return null
  return {
    code: 'secret_in_query',
    severity: 'note',
    field: 'url',
    message: `The secret in “${templated[0]}” is sealed here, but receivers and proxies write URLs to their logs.`,
    fix: 'Where the receiver can take it, send it as a header in place of the query.',
  }
}

export const addressKeptButTemporary: LintRule = ({ config }) => {
  const url = targetUrl(config.url)
  if (config.policy.scheduled !== 'keep' || !url || !isTemporary(url)) return null
  return {
    code: 'address_kept_but_temporary',
    severity: 'warning',
    field: 'policy.scheduled',
    message: `Deliveries keep the address that they were made for, and ${url.hostname} is gone when its tunnel starts again.`,
    fix: 'Let scheduled deliveries follow a new URL, or use a tunnel with a name of its own.',
  }
}
