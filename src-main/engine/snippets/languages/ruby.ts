import type { Piece } from '../../signing/content/template.ts'
import type { TimestampUnit } from '../../signing/scheme.ts'
import { contentRuns } from '../content-runs.ts'
import { type Extra, isAsymmetric, type Plan, uses } from '../plan.ts'
import { codeText, indented, type Lines, snakeCase } from '../text.ts'
import { BODY_SAYS, extraSays, freshConditions, keysOf, purposeOf, staleConditions } from '../words.ts'

const EXTRA_NAMES: Readonly<Record<Extra, string>> = { method: 'http_method', url: 'url', webhookId: 'webhook_id' }
const KEY_NAMES = { secrets: 'secrets', tokens: 'tokens', publicKeys: 'public_keys', certificates: 'certificates' }

/** A file for Ruby 3.0 and later. */
export function rubySnippet(plan: Plan): string {
  const keys = keysOf(plan)
  const key = KEY_NAMES[keys.name]
  const parameters = ['body', 'headers', key, ...plan.extras.map((extra) => EXTRA_NAMES[extra])]
  return codeText([
    '# frozen_string_literal: true',
    '',
    [
      plan.freshness?.field ? 'require "json"' : null,
      'require "openssl"',
      plan.freshness?.unit === 'rfc3339' ? 'require "time"' : null,
      uses(plan, 'crc32') ? 'require "zlib"' : null,
    ],
    '',
    plan.freshness && [`${limitOf(plan)} = ${plan.freshness.pastSeconds}`, ''],
    `# Tells ${purposeOf(plan)}`,
    '#',
    `# body: ${BODY_SAYS} (request.raw_post in Rails)`,
    '# headers: what answers to header names, such as request.headers in Rails',
    `# ${key}: ${keys.says}`,
    plan.extras.map((extra) => `# ${EXTRA_NAMES[extra]}: ${extraSays(extra, plan)}`),
    `def verify_${snakeCase(plan.provider)}(${parameters.join(', ')})`,
    indented('  ', [readLines(plan), freshLines(plan), '', contentLines(plan), proofLines(plan, key)]),
    'end',
  ])
}

const limitOf = ({ provider }: Plan) => `${snakeCase(provider).toUpperCase()}_TOLERANCE_SECONDS`

const NAMES: Readonly<Record<string, string>> = { id: 'message_id', signedHeaders: 'signed_headers' }
const named = (variable: string) => NAMES[variable] ?? variable

function readLines({ reads, list, signatureHeaders, scheme }: Plan): Lines {
  const of = (header: string) => `headers["${header}"]`
  const own = reads.map(({ variable, header }) => `${named(variable)} = ${of(header)}`)
  const unless = (names: readonly string[]) => (names.length === 0 ? null : `return false unless ${names.join(' && ')}`)
  const needed = reads.map(({ variable }) => named(variable))
  if (signatureHeaders.length > 1) {
    return [own, unless(needed), `signatures = [${signatureHeaders.map(of).join(', ')}].compact`]
  }
  const variable = scheme.algorithm === 'token' ? 'token' : list ? 'signatures' : 'signature'
  return [own, `${variable} = ${of(signatureHeaders[0]!)}`, unless([...needed, variable]), list && listLines(list)]
}

function listLines({ separator, lead, parts }: NonNullable<Plan['list']>): Lines {
  const bare = lead === '' ? 'signatures' : `signatures.delete_prefix("${lead}")`
  return [
    `items = ${bare}.split("${separator}")${separator === ' ' ? '' : '.map(&:strip)'}`,
    parts.map(
      ({ prefix, variable }) =>
        `${named(variable)} = items.find { |item| item.start_with?("${prefix}") }&.delete_prefix("${prefix}")`,
    ),
    parts.length === 0 ? null : unlessParts(parts),
  ]
}

const unlessParts = (parts: NonNullable<Plan['list']>['parts']) =>
  `return false unless ${parts.map(({ variable }) => named(variable)).join(' && ')}`

function ageExpression(text: string, unit: TimestampUnit): string {
  if (unit === 's') return `Time.now.to_f - Integer(${text}, 10)`
  return unit === 'ms' ? `Time.now.to_f - Integer(${text}, 10) / 1000.0` : `Time.now - Time.iso8601(${text})`
}

const ageWords = (plan: Plan) => ({ age: 'age', limit: limitOf(plan), abs: (age: string) => `${age}.abs` })

function freshLines(plan: Plan): Lines {
  const { freshness } = plan
  if (!freshness || freshness.field !== null) return []
  return [
    '',
    'begin',
    `  age = ${ageExpression('timestamp', freshness.unit)}`,
    'rescue ArgumentError',
    '  return false',
    'end',
    `return false if ${staleConditions(plan, ageWords(plan)).join(' || ')}`,
  ]
}

function interpolated(piece: Piece): string {
  if ('text' in piece) return piece.text
  if (piece.token === 'crc32') return '#{Zlib.crc32(body)}'
  if (piece.token === 'label') return '#{webhook_id}'
  if (piece.token === 'method') return '#{http_method}'
  if (piece.token === 'signedHeaderValues') return '#{signed_values}'
  return `#{${named(piece.token)}}`
}

function contentLines(plan: Plan): Lines {
  if (plan.scheme.algorithm === 'token' || plan.content.length === 1) return []
  // As bytes, so that no encoding stands between text and body.
  const parts = contentRuns(plan).map((run) => (run === 'body' ? 'body.b' : bytes(run.map(interpolated).join(''))))
  const values = uses(plan, 'signedHeaderValues')
    ? ['signed_values = signed_headers.split(" ").map { |name| headers[name].to_s }.join(".")']
    : []
  return [values, `content = ${parts.join(' + ')}`]
}

const bytes = (run: string) => (/^#\{\w+\}$/.test(run) ? `${run.slice(2, -1)}.b` : `"${run}".b`)

function proofLines(plan: Plan, keys: string): Lines {
  const content = plan.content.length === 1 ? 'body' : 'content'
  if (plan.scheme.algorithm === 'token') return [`${keys}.any? { |expected| OpenSSL.secure_compare(token, expected) }`]
  if (isAsymmetric(plan)) return asymmetricLines(plan, content)
  const candidates = plan.list ? 'items' : plan.signatureHeaders.length > 1 ? 'signatures' : null
  const isMatch = candidates
    ? `${candidates}.any? { |item| OpenSSL.secure_compare(item, expected) }`
    : 'OpenSSL.secure_compare(signature, expected)'
  const some = [`${keys}.any? do |secret|`, indented('  ', [expectedLines(plan, content), isMatch]), 'end']
  const { freshness } = plan
  if (!freshness?.field) return some
  return [
    `signed = ${some[0] as string}`,
    some.slice(1),
    'return false unless signed',
    '',
    `age = ${ageExpression(`JSON.parse(body)["${freshness.field}"].to_s`, freshness.unit)}`,
    freshConditions(plan, ageWords(plan)).join(' && '),
  ]
}

function expectedLines(plan: Plan, content: string): string[] {
  const { algorithm, encoding, key } = plan.scheme
  const isBase64Key = typeof key === 'object' && 'base64AfterPrefix' in key
  const keyText = key === 'hex' ? '[secret].pack("H*")' : isBase64Key ? 'key' : 'secret'
  const method = encoding === 'hex' ? 'hexdigest' : 'base64digest'
  const digest = `OpenSSL::HMAC.${method}("${algorithm.slice('hmac-'.length).toUpperCase()}", ${keyText}, ${content})`
  const text = encoding === 'base64url' ? `${digest}.tr("+/", "-_").delete("=")` : digest
  return [
    ...(isBase64Key ? [`key = secret.delete_prefix("${key.base64AfterPrefix}").unpack1("m")`] : []),
    `expected = ${plan.mark === '' ? '' : `"${plan.mark}" + `}${text}`,
  ]
}

function asymmetricLines(plan: Plan, content: string): Lines {
  const { algorithm, encoding, newSecret, key } = plan.scheme
  const decode = (text: string) => (encoding === 'hex' ? `[${text}].pack("H*")` : `${text}.unpack1("m")`)
  const guarded = (parameter: string, inner: Lines): Lines => [
    `${keysOfRuby(plan)}.any? do |${parameter}|`,
    indented('  ', inner),
    'rescue OpenSSL::PKey::PKeyError',
    '  false',
    'end',
  ]
  if (algorithm === 'rsa-sha256') {
    const publicKey = 'OpenSSL::X509::Certificate.new(certificate).public_key'
    return guarded('certificate', [`${publicKey}.verify("SHA256", ${decode('signature')}, ${content})`])
  }
  if (algorithm === 'ecdsa-p256') {
    const publicKey = 'OpenSSL::PKey.read(public_key.unpack1("m"))'
    return guarded('public_key', [`${publicKey}.verify("SHA256", ${decode('signature')}, ${content})`])
  }
  const prefix = typeof key === 'object' && 'asymmetric' in key ? key.asymmetric.publicPrefix : ''
  const bare = prefix === '' ? 'public_key' : `public_key.delete_prefix("${prefix}")`
  const raw = newSecret.encoding === 'hex' ? `[${bare}].pack("H*")` : `${bare}.unpack1("m")`
  return guarded('public_key', [
    '# The DER form of an Ed25519 public key is a fixed header before its 32 bytes.',
    `key = OpenSSL::PKey.read(["302a300506032b6570032100"].pack("H*") + ${raw})`,
    plan.list
      ? [
          'items.any? do |item|',
          `  item.start_with?("${plan.mark}") && key.verify(nil, ${decode(`item.delete_prefix("${plan.mark}")`)}, ${content})`,
          'end',
        ]
      : `key.verify(nil, ${decode('signature')}, ${content})`,
  ])
}

const keysOfRuby = (plan: Plan) => KEY_NAMES[keysOf(plan).name]
