import { AppError } from '#shared/model/app-error.ts'
import type { EndpointConfig } from '#shared/model/endpoint.ts'
import { compileCondition } from '../conditions/compile-condition.ts'
import { isTemplate, secretNames } from '../delivery/request/secret-template.ts'
import { hasTokenInHost } from '../delivery/request/url-template.ts'

/** Throws `AppError` unless every `{secret.name}` of the URL and the headers stands where it may and names a secret. */
export function checkTemplates({ url, headers }: EndpointConfig, names: ReadonlySet<string>): void {
  checkTemplate(url, 'url', names)
  if (hasTokenInHost(url)) {
    throw new AppError('invalid_request', 'A secret cannot stand in the host of the URL.', {
      field: 'url',
      hint: 'Write the host out; {secret.name} goes in the path, the query and in headers.',
    })
  }
  headers.forEach(([, value], index) => checkTemplate(value, `headers.${index}.1`, names))
}

function checkTemplate(template: string, field: string, names: ReadonlySet<string>): void {
  if (!isTemplate(template)) {
    throw new AppError('invalid_request', 'A token here cannot be filled.', {
      field,
      hint: 'Write {secret.name} with small letters, digits and underscores, and nothing nested in it.',
    })
  }
  const missing = secretNames(template).find((name) => !names.has(name))
  if (missing === undefined) return
  throw new AppError('invalid_request', `{secret.${missing}} is used here, and the endpoint has no such secret.`, {
    field,
    hint: `Give it with secrets: {"${missing}": "…"} in the same request.`,
  })
}

/** Throws `AppError` that names the place in the condition. */
export function checkCondition(condition: EndpointConfig['condition']): void {
  if (condition !== null) compileCondition(condition)
}

const PEM = /^(?:\s*-----BEGIN CERTIFICATE-----\s+(?:[A-Za-z0-9+/]+={0,2}\s+)+-----END CERTIFICATE-----\s*)+$/

/** Throws `AppError` unless the authorities are PEM certificates; whether they are sound shows at the first connection. */
export function checkTls({ ca }: EndpointConfig['tls']): void {
  if (ca === null || PEM.test(ca)) return
  const secret = /PRIVATE KEY/.test(ca)
  throw new AppError('invalid_request', secret ? 'This is a private key.' : 'This is not a certificate in PEM form.', {
    field: 'tls.ca',
    hint: 'Paste certificates alone, each from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.',
  })
}
