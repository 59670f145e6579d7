import type { Piece } from '../../signing/content/template.ts'
import type { TimestampUnit } from '../../signing/scheme.ts'
import { contentRuns } from '../content-runs.ts'
import { isAsymmetric, type Plan, uses } from '../plan.ts'
import { codeText, indented, type Lines, pascalCase } from '../text.ts'
import { BODY_SAYS, extraSays, freshConditions, keysOf, purposeOf, staleConditions } from '../words.ts'
import { NODE_EQUAL } from './node-equal.ts'

/** An ECMAScript module for Node 22 and later. */
export function nodeSnippet(plan: Plan): string {
  const keys = keysOf(plan)
  const parameters = ['body', 'headers', keys.name, ...plan.extras]
  return codeText([
    importLines(plan),
    '',
    plan.freshness && [`const TOLERANCE_SECONDS = ${plan.freshness.pastSeconds}`, ''],
    '/**',
    ` * Tells ${purposeOf(plan)}`,
    ' *',
    ` * @param {Buffer} body ${BODY_SAYS}`,
    " * @param {import('node:http').IncomingHttpHeaders} headers as Node gives them, names in lower case",
    ` * @param {string[]} ${keys.name} ${keys.says}`,
    plan.extras.map((extra) => ` * @param {string} ${extra} ${extraSays(extra, plan)}`),
    ' * @returns {boolean}',
    ' */',
    `export function verify${pascalCase(plan.provider)}(${parameters.join(', ')}) {`,
    indented('  ', [readLines(plan), freshLines(plan), '', contentLines(plan), proofLines(plan)]),
    '}',
    isAsymmetric(plan) ? null : ['', ...NODE_EQUAL.trimEnd().split('\n')],
  ])
}

function importLines(plan: Plan): Lines {
  const { algorithm } = plan.scheme
  const names = ['timingSafeEqual']
  if (algorithm === 'rsa-sha256') names.splice(0, 1, 'verify')
  else if (isAsymmetric(plan)) names.splice(0, 1, 'createPublicKey', 'verify')
  else if (algorithm !== 'token') names.unshift('createHmac')
  return [
    `import { ${names.join(', ')} } from 'node:crypto'`,
    uses(plan, 'crc32') ? "import { crc32 } from 'node:zlib'" : null,
  ]
}

function readLines({ reads, list, signatureHeaders, scheme }: Plan): Lines {
  const of = (header: string) => `headers['${header.toLowerCase()}']`
  const own = reads.map(({ variable, header }) => `const ${variable} = ${of(header)}`)
  const missing = reads.map(({ variable }) => `!${variable}`)
  if (signatureHeaders.length > 1) {
    const all = signatureHeaders.map(of).join(', ')
    const refusal = missing.length === 0 ? null : `if (${missing.join(' || ')}) return false`
    return [own, refusal, `const signatures = [${all}].filter(Boolean)`]
  }
  const variable = scheme.algorithm === 'token' ? 'token' : list ? 'signatures' : 'signature'
  return [
    own,
    `const ${variable} = ${of(signatureHeaders[0]!)}`,
    `if (${[...missing, `!${variable}`].join(' || ')}) return false`,
    list && listLines(list),
  ]
}

function listLines({ separator, lead, parts }: NonNullable<Plan['list']>): Lines {
  const bare = lead === '' ? 'signatures' : `signatures.replace(/^${lead}/, '')`
  return [
    `const items = ${bare}.split('${separator}')${separator === ' ' ? '' : '.map((item) => item.trim())'}`,
    parts.map(
      ({ prefix, variable }) =>
        `const ${variable} = items.find((item) => item.startsWith('${prefix}'))?.slice(${prefix.length})`,
    ),
    parts.length === 0 ? null : `if (${parts.map(({ variable }) => `!${variable}`).join(' || ')}) return false`,
  ]
}

const AGE = { age: 'age', limit: 'TOLERANCE_SECONDS', abs: (age: string) => `Math.abs(${age})` }

function ageLine(text: string, unit: TimestampUnit): string {
  if (unit === 's') return `const age = Date.now() / 1000 - Number(${text})`
  return `const age = (Date.now() - ${unit === 'ms' ? 'Number' : 'Date.parse'}(${text})) / 1000`
}

function freshLines(plan: Plan): Lines {
  const { freshness } = plan
  if (!freshness || freshness.field !== null) return []
  const conditions = ['Number.isNaN(age)', ...staleConditions(plan, AGE)]
  return ['', ageLine('timestamp', freshness.unit), `if (${conditions.join(' || ')}) return false`]
}

/** The runs of the content as expressions. */
function chunks(plan: Plan): string[] {
  return contentRuns(plan).map((run) => {
    if (run === 'body') return run
    const text = run.map(interpolated).join('')
    return /^\$\{\w+\}$/.test(text) ? text.slice(2, -1) : `\`${text}\``
  })
}

function interpolated(piece: Piece): string {
  if ('text' in piece) return piece.text
  if (piece.token === 'crc32') return '${crc32(body)}'
  if (piece.token === 'label') return '${webhookId}'
  if (piece.token === 'signedHeaderValues') return "${signedValues.join('.')}"
  return `\${${piece.token}}`
}

function contentLines(plan: Plan): Lines {
  const parts = chunks(plan)
  const values = uses(plan, 'signedHeaderValues')
    ? ["const signedValues = signedHeaders.split(' ').map((name) => headers[name] ?? '')"]
    : []
  if (plan.scheme.algorithm === 'token' || parts.join('') === 'body') return []
  if (parts.length === 1) return [values, `const content = Buffer.from(${parts[0]})`]
  const buffers = parts.map((part) => (part === 'body' ? part : `Buffer.from(${part})`))
  return [values, `const content = Buffer.concat([${buffers.join(', ')}])`]
}

function proofLines(plan: Plan): Lines {
  const { algorithm, encoding } = plan.scheme
  const keys = keysOf(plan).name
  const content = plan.content.length === 1 ? 'body' : 'content'
  if (algorithm === 'token') return [`return ${keys}.some((expected) => isEqual(token, expected))`]
  if (isAsymmetric(plan)) return asymmetricLines(plan, content)
  const [keyLine, key] = keyExpression(plan)
  const digest = `createHmac('${algorithm.slice('hmac-'.length)}', ${key}).update(${content}).digest('${encoding}')`
  const candidates = plan.list ? 'items' : plan.signatureHeaders.length > 1 ? 'signatures' : null
  const some = [
    `${keys}.some((secret) => {`,
    indented('  ', [
      keyLine,
      `const expected = ${plan.mark === '' ? digest : `\`${plan.mark}\${${digest}}\``}`,
      `return ${candidates ? `${candidates}.some((item) => isEqual(item, expected))` : 'isEqual(signature, expected)'}`,
    ]),
    '})',
  ]
  const { freshness } = plan
  if (!freshness?.field) return [`return ${some[0] as string}`, some.slice(1)]
  return [
    `const isSigned = ${some[0] as string}`,
    some.slice(1),
    'if (!isSigned) return false',
    '',
    ageLine(`JSON.parse(body).${freshness.field}`, freshness.unit),
    `return ${freshConditions(plan, AGE).join(' && ')}`,
  ]
}

/** A line that decodes the key, where it is not the secret itself, and what stands for it. */
function keyExpression({ scheme: { key } }: Plan): [string | null, string] {
  if (key === 'hex') return ["const key = Buffer.from(secret, 'hex')", 'key']
  if (typeof key !== 'object' || !('base64AfterPrefix' in key)) return [null, 'secret']
  return [`const key = Buffer.from(secret.replace(/^${key.base64AfterPrefix}/, ''), 'base64')`, 'key']
}

function asymmetricLines(plan: Plan, content: string): Lines {
  const { algorithm, encoding, newSecret, key } = plan.scheme
  const proof = `Buffer.from(signature, '${encoding}')`
  if (algorithm === 'rsa-sha256') {
    return [`return certificates.some((certificate) => verify('sha256', ${content}, certificate, ${proof}))`]
  }
  if (algorithm === 'ecdsa-p256') {
    return [
      'return publicKeys.some((publicKey) => {',
      "  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })",
      `  return verify('sha256', ${content}, key, ${proof})`,
      '})',
    ]
  }
  const prefix = typeof key === 'object' && 'asymmetric' in key ? key.asymmetric.publicPrefix : ''
  const bare = prefix === '' ? 'publicKey' : `publicKey.replace(/^${prefix}/, '')`
  const form = newSecret.encoding === 'hex' ? 'hex' : 'base64'
  const isMatch = plan.list
    ? `items.some(
      (item) => item.startsWith('${plan.mark}') && verify(null, ${content}, key, Buffer.from(item.slice(${plan.mark.length}), '${encoding}')),
    )`
    : `verify(null, ${content}, key, ${proof})`
  return [
    'return publicKeys.some((publicKey) => {',
    `  const x = Buffer.from(${bare}, '${form}').toString('base64url')`,
    "  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })",
    `  return ${isMatch}`,
    '})',
  ]
}
