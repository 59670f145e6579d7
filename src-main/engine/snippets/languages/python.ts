import type { Piece } from '../../signing/content/template.ts'
import type { TimestampUnit } from '../../signing/scheme.ts'
import { contentRuns } from '../content-runs.ts'
import { type Extra, isAsymmetric, type Plan, uses } from '../plan.ts'
import { codeText, indented, type Lines, snakeCase } from '../text.ts'
import { BODY_SAYS, extraSays, freshConditions, keysOf, purposeOf, staleConditions } from '../words.ts'

const EXTRA_NAMES: Readonly<Record<Extra, string>> = { method: 'method', url: 'url', webhookId: 'webhook_id' }
const KEY_NAMES = { secrets: 'secrets', tokens: 'tokens', publicKeys: 'public_keys', certificates: 'certificates' }

/** A module for Python 3.9 and later. */
export function pythonSnippet(plan: Plan): string {
  const keys = keysOf(plan)
  const key = KEY_NAMES[keys.name]
  const extras = plan.extras.map((extra) => `    ${EXTRA_NAMES[extra]}: str,`)
  const code = codeText([
    isAsymmetric(plan) ? ['# Needs `pip install cryptography`: the standard library has no such signatures.'] : null,
    importLines(plan),
    '',
    plan.freshness && [`TOLERANCE_SECONDS = ${plan.freshness.pastSeconds}`, ''],
    `def verify_${snakeCase(plan.provider)}(`,
    ['    body: bytes,', '    headers: Mapping[str, str],', `    ${key}: Sequence[str],`, extras],
    ') -> bool:',
    indented('    ', [
      `"""Tell ${purposeOf(plan)}`,
      '',
      `body: ${BODY_SAYS}`,
      'headers: a mapping that ignores case, as web frameworks hand it over',
      `${key}: ${keys.says}`,
      plan.extras.map((extra) => `${EXTRA_NAMES[extra]}: ${extraSays(extra, plan)}`),
      '"""',
      readLines(plan),
      freshLines(plan),
      '',
      contentLines(plan),
      proofLines(plan, key),
    ]),
  ])
  // Two blank lines stand before a function, as PEP 8 has it.
  return code.replace('\n\ndef ', '\n\n\ndef ')
}

function importLines(plan: Plan): Lines {
  const { algorithm, encoding, key } = plan.scheme
  const isBase64 = encoding !== 'hex' || typeof key === 'object'
  const standard = [
    isBase64 && algorithm !== 'token' ? 'import base64' : null,
    algorithm.startsWith('hmac') ? 'import hashlib' : null,
    isAsymmetric(plan) ? null : 'import hmac',
    plan.freshness?.field ? 'import json' : null,
    plan.freshness ? 'import time' : null,
    uses(plan, 'crc32') ? 'import zlib' : null,
    'from collections.abc import Mapping, Sequence',
    plan.freshness?.unit === 'rfc3339' ? 'from datetime import datetime' : null,
  ]
  return [standard, isAsymmetric(plan) ? ['', ...CRYPTOGRAPHY[algorithm as keyof typeof CRYPTOGRAPHY]] : null]
}

const CRYPTOGRAPHY = {
  ed25519: [
    'from cryptography.exceptions import InvalidSignature',
    'from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey',
  ],
  'ecdsa-p256': [
    'from cryptography.exceptions import InvalidSignature',
    'from cryptography.hazmat.primitives import hashes, serialization',
    'from cryptography.hazmat.primitives.asymmetric import ec',
  ],
  'rsa-sha256': [
    'from cryptography import x509',
    'from cryptography.exceptions import InvalidSignature',
    'from cryptography.hazmat.primitives import hashes',
    'from cryptography.hazmat.primitives.asymmetric import padding',
  ],
} as const

const NAMES: Readonly<Record<string, string>> = { id: 'message_id', signedHeaders: 'signed_headers' }
const named = (variable: string) => NAMES[variable] ?? variable

function readLines({ reads, list, signatureHeaders, scheme }: Plan): Lines {
  const of = (header: string) => `headers.get("${header}")`
  const own = reads.map(({ variable, header }) => `${named(variable)} = ${of(header)}`)
  const missing = reads.map(({ variable }) => `not ${named(variable)}`)
  const unless = (all: readonly string[]) => (all.length === 0 ? [] : [`if ${all.join(' or ')}:`, '    return False'])
  if (signatureHeaders.length > 1) {
    const all = signatureHeaders.map((header) => `headers.get("${header}", "")`)
    return [
      own,
      unless(missing),
      'signatures = [',
      indented(
        '    ',
        all.map((one) => `${one},`),
      ),
      ']',
    ]
  }
  const variable = scheme.algorithm === 'token' ? 'token' : list ? 'signatures' : 'signature'
  const signature = `${variable} = ${of(signatureHeaders[0]!)}`
  return [own, signature, unless([...missing, `not ${variable}`]), list && listLines(list)]
}

function listLines({ separator, lead, parts }: NonNullable<Plan['list']>): Lines {
  const bare = lead === '' ? 'signatures' : `signatures.removeprefix("${lead}")`
  return [
    separator === ' ' ? `items = ${bare}.split()` : `items = [item.strip() for item in ${bare}.split("${separator}")]`,
    parts.map(
      ({ prefix, variable }) =>
        `${named(variable)} = next((item[${prefix.length}:] for item in items if item.startswith("${prefix}")), "")`,
    ),
    parts.length === 0
      ? null
      : [`if ${parts.map(({ variable }) => `not ${named(variable)}`).join(' or ')}:`, '    return False'],
  ]
}

const AGE = { age: 'age', limit: 'TOLERANCE_SECONDS', abs: (age: string) => `abs(${age})` }

function ageExpression(text: string, unit: TimestampUnit): string {
  if (unit === 's') return `time.time() - int(${text})`
  if (unit === 'ms') return `time.time() - int(${text}) / 1000`
  return `time.time() - datetime.fromisoformat(${text}.replace("Z", "+00:00")).timestamp()`
}

function freshLines(plan: Plan): Lines {
  const { freshness } = plan
  if (!freshness || freshness.field !== null) return []
  return [
    '',
    'try:',
    `    age = ${ageExpression('timestamp', freshness.unit)}`,
    'except (ValueError, OverflowError):',
    '    return False',
    `if ${staleConditions(plan, AGE).join(' or ')}:`,
    '    return False',
  ]
}

function interpolated(piece: Piece): string {
  if ('text' in piece) return piece.text
  if (piece.token === 'crc32') return '{zlib.crc32(body)}'
  if (piece.token === 'label') return '{webhook_id}'
  if (piece.token === 'signedHeaderValues') return '{signed_values}'
  return `{${named(piece.token)}}`
}

function contentLines(plan: Plan): Lines {
  if (plan.scheme.algorithm === 'token' || plan.content.length === 1) return []
  const parts = contentRuns(plan).map((run) => (run === 'body' ? 'body' : encoded(run.map(interpolated).join(''))))
  const values = uses(plan, 'signedHeaderValues')
    ? ['signed_values = ".".join(headers.get(name, "") for name in signed_headers.split(" "))']
    : []
  return [values, `content = ${parts.join(' + ')}`]
}

const encoded = (run: string) => (/^\{\w+\}$/.test(run) ? `${run.slice(1, -1)}.encode()` : `f"${run}".encode()`)

function proofLines(plan: Plan, keys: string): Lines {
  const content = plan.content.length === 1 ? 'body' : 'content'
  if (plan.scheme.algorithm === 'token') {
    return [`return any(hmac.compare_digest(token.encode(), expected.encode()) for expected in ${keys})`]
  }
  if (isAsymmetric(plan)) return asymmetricLines(plan, content)
  const candidates = plan.list ? 'items' : plan.signatureHeaders.length > 1 ? 'signatures' : null
  const same = (one: string) => `hmac.compare_digest(${one}.encode(), expected.encode())`
  const isMatch = candidates ? `any(${same('item')} for item in ${candidates})` : same('signature')
  const { freshness } = plan
  const expected = [...expectedLines(plan, content)]
  if (freshness?.field) {
    return [
      `for secret in ${keys}:`,
      indented('    ', [
        expected,
        `if ${isMatch}:`,
        indented('    ', [
          `age = ${ageExpression(`json.loads(body).get("${freshness.field}", 0)`, freshness.unit)}`,
          `return ${freshConditions(plan, AGE).join(' and ')}`,
        ]),
      ]),
      'return False',
    ]
  }
  return [`for secret in ${keys}:`, indented('    ', [expected, `if ${isMatch}:`, '    return True']), 'return False']
}

function expectedLines(plan: Plan, content: string): string[] {
  const { algorithm, encoding, key } = plan.scheme
  const mark = plan.mark === '' ? '' : `"${plan.mark}" + `
  const isBase64Key = typeof key === 'object' && 'base64AfterPrefix' in key
  const keyBytes = key === 'hex' ? 'bytes.fromhex(secret)' : isBase64Key ? 'key' : 'secret.encode()'
  const made = `hmac.new(${keyBytes}, ${content}, hashlib.${algorithm.slice('hmac-'.length)})`
  const keyLine = isBase64Key ? [`key = base64.b64decode(secret.removeprefix("${key.base64AfterPrefix}"))`] : []
  if (encoding === 'hex') return [...keyLine, `expected = ${mark}${made}.hexdigest()`]
  const text =
    encoding === 'base64'
      ? 'base64.b64encode(digest).decode()'
      : 'base64.urlsafe_b64encode(digest).decode().rstrip("=")'
  return [...keyLine, `digest = ${made}.digest()`, `expected = ${mark}${text}`]
}

function asymmetricLines(plan: Plan, content: string): Lines {
  const { algorithm, encoding, newSecret, key } = plan.scheme
  const decode = (text: string) => (encoding === 'hex' ? `bytes.fromhex(${text})` : `base64.b64decode(${text})`)
  const attempt = (keyLine: string, call: string): Lines => [
    'try:',
    indented('    ', [keyLine, call, 'return True']),
    'except (InvalidSignature, ValueError):',
    '    continue',
  ]
  if (algorithm === 'rsa-sha256') {
    const call = `key.verify(${decode('signature')}, ${content}, padding.PKCS1v15(), hashes.SHA256())`
    const keyLine = 'key = x509.load_pem_x509_certificate(certificate.encode()).public_key()'
    return ['for certificate in certificates:', indented('    ', attempt(keyLine, call)), 'return False']
  }
  if (algorithm === 'ecdsa-p256') {
    const call = `key.verify(${decode('signature')}, ${content}, ec.ECDSA(hashes.SHA256()))`
    const keyLine = 'key = serialization.load_der_public_key(base64.b64decode(public_key))'
    return ['for public_key in public_keys:', indented('    ', attempt(keyLine, call)), 'return False']
  }
  const prefix = typeof key === 'object' && 'asymmetric' in key ? key.asymmetric.publicPrefix : ''
  const bare = prefix === '' ? 'public_key' : `public_key.removeprefix("${prefix}")`
  const raw = newSecret.encoding === 'hex' ? `bytes.fromhex(${bare})` : `base64.b64decode(${bare})`
  const keyLine = `key = Ed25519PublicKey.from_public_bytes(${raw})`
  const call = (text: string) => `key.verify(${decode(text)}, ${content})`
  if (!plan.list) {
    return ['for public_key in public_keys:', indented('    ', attempt(keyLine, call('signature'))), 'return False']
  }
  return [
    `candidates = [item[${plan.mark.length}:] for item in items if item.startswith("${plan.mark}")]`,
    'for public_key in public_keys:',
    indented('    ', ['for signature in candidates:', indented('    ', attempt(keyLine, call('signature')))]),
    'return False',
  ]
}
