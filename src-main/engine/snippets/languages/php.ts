import type { Piece } from '../../signing/content/template.ts'
import type { TimestampUnit } from '../../signing/scheme.ts'
import { type Extra, isAsymmetric, type Plan, uses } from '../plan.ts'
import { codeText, indented, type Lines, snakeCase } from '../text.ts'
import { BODY_SAYS, extraSays, freshConditions, keysOf, purposeOf, staleConditions } from '../words.ts'

const EXTRA_NAMES: Readonly<Record<Extra, string>> = { method: '$method', url: '$url', webhookId: '$webhookId' }

/** A file for PHP 8.0 and later. */
export function phpSnippet(plan: Plan): string {
  const keys = keysOf(plan)
  const extras = plan.extras.map((extra) => EXTRA_NAMES[extra])
  const parameters = [
    'string $body',
    'array $headers',
    `array $${keys.name}`,
    ...extras.map((name) => `string ${name}`),
  ]
  return codeText([
    ['<?php', '', 'declare(strict_types=1);', ''],
    needs(plan),
    plan.freshness && [`const ${limitOf(plan)} = ${plan.freshness.pastSeconds};`, ''],
    '/**',
    ` * Tells ${purposeOf(plan)}`,
    ' *',
    ` * @param string $body ${BODY_SAYS}: file_get_contents('php://input')`,
    ' * @param array<string, string> $headers as getallheaders() gives them',
    ` * @param list<string> $${keys.name} ${keys.says}`,
    plan.extras.map((extra) => ` * @param string ${EXTRA_NAMES[extra]} ${extraSays(extra, plan)}`),
    ' */',
    `function verify_${snakeCase(plan.provider)}(${parameters.join(', ')}): bool`,
    '{',
    indented('    ', [
      '$headers = array_change_key_case($headers);',
      readLines(plan),
      freshLines(plan),
      '',
      contentLines(plan),
      proofLines(plan),
    ]),
    '}',
  ])
}

function needs({ scheme: { algorithm } }: Plan): Lines {
  if (algorithm === 'ed25519') return ['// Needs the sodium extension, which comes with PHP.', '']
  return algorithm === 'ecdsa-p256' || algorithm === 'rsa-sha256' ? ['// Needs the openssl extension.', ''] : []
}

const limitOf = ({ provider }: Plan) => `${snakeCase(provider).toUpperCase()}_TOLERANCE_SECONDS`
const refuseIf = (condition: string): Lines => [`if (${condition}) {`, '    return false;', '}']

function readLines({ reads, list, signatureHeaders, scheme }: Plan): Lines {
  const of = (header: string) => `$headers['${header.toLowerCase()}'] ?? ''`
  const own = reads.map(({ variable, header }) => `$${variable} = ${of(header)};`)
  const missing = reads.map(({ variable }) => `$${variable} === ''`)
  if (signatureHeaders.length > 1) {
    return [
      own,
      missing.length === 0 ? [] : refuseIf(missing.join(' || ')),
      `$signatures = [${signatureHeaders.map(of).join(', ')}];`,
    ]
  }
  const variable = scheme.algorithm === 'token' ? 'token' : list ? 'signatures' : 'signature'
  return [
    own,
    `$${variable} = ${of(signatureHeaders[0]!)};`,
    refuseIf([...missing, `$${variable} === ''`].join(' || ')),
    list && listLines(list),
  ]
}

function listLines({ separator, lead, parts }: NonNullable<Plan['list']>): Lines {
  const bare = lead === '' ? '$signatures' : `preg_replace('/^${lead}/', '', $signatures)`
  const split = `explode('${separator}', ${bare})`
  const items = `$items = ${separator === ' ' ? split : `array_map('trim', ${split})`};`
  if (parts.length === 0) return [items]
  return [
    items,
    parts.map(({ variable }) => `$${variable} = '';`),
    'foreach ($items as $item) {',
    indented(
      '    ',
      parts.map(({ prefix, variable }) => [
        `if (str_starts_with($item, '${prefix}')) {`,
        `    $${variable} = substr($item, ${prefix.length});`,
        '}',
      ]),
    ),
    '}',
    refuseIf(parts.map(({ variable }) => `$${variable} === ''`).join(' || ')),
  ]
}

const ageWords = (plan: Plan) => ({ age: '$age', limit: limitOf(plan), abs: (age: string) => `abs(${age})` })

function ageExpression(text: string, unit: TimestampUnit): string {
  if (unit === 's') return `time() - (int) ${text}`
  return unit === 'ms' ? `time() - intdiv((int) ${text}, 1000)` : `time() - (int) strtotime(${text})`
}

function freshLines(plan: Plan): Lines {
  const { freshness } = plan
  if (!freshness || freshness.field !== null) return []
  const conditions = staleConditions(plan, ageWords(plan))
  return ['', `$age = ${ageExpression('$timestamp', freshness.unit)};`, refuseIf(conditions.join(' || '))]
}

function interpolated(piece: Piece): string {
  if ('text' in piece) return piece.text
  if (piece.token === 'label') return '{$webhookId}'
  if (piece.token === 'crc32') return '{$checksum}'
  if (piece.token === 'signedHeaderValues') return '{$signedValues}'
  return `{$${piece.token}}`
}

function contentLines(plan: Plan): Lines {
  if (plan.scheme.algorithm === 'token' || plan.content.length === 1) return []
  return [
    uses(plan, 'crc32') ? '$checksum = crc32($body);' : null,
    uses(plan, 'signedHeaderValues') ? SIGNED_VALUES : null,
    `$content = "${plan.content.map(interpolated).join('')}";`,
  ]
}

const SIGNED_VALUES = [
  "$values = array_map(fn (string $name): string => $headers[$name] ?? '', explode(' ', $signedHeaders));",
  "$signedValues = implode('.', $values);",
]

function proofLines(plan: Plan): Lines {
  const content = plan.content.length === 1 ? '$body' : '$content'
  if (plan.scheme.algorithm === 'token')
    return each('tokens', 'expected', ['if (hash_equals($expected, $token)) {', '    return true;', '}'])
  if (isAsymmetric(plan)) return asymmetricLines(plan, content)
  const candidates = plan.list ? '$items' : plan.signatureHeaders.length > 1 ? '$signatures' : null
  const found = (given: string) => [`if (hash_equals($expected, ${given})) {`, indented('    ', foundLines(plan)), '}']
  return each('secrets', 'secret', [
    expectedLines(plan, content),
    candidates ? [`foreach (${candidates} as $item) {`, indented('    ', found('$item')), '}'] : found('$signature'),
  ])
}

function each(keys: string, key: string, inner: Lines): Lines {
  return [`foreach ($${keys} as $${key}) {`, indented('    ', inner), '}', '', 'return false;']
}

function foundLines(plan: Plan): Lines {
  const { freshness } = plan
  if (!freshness?.field) return ['return true;']
  const at = `(json_decode($body, true)['${freshness.field}'] ?? 0)`
  return [
    `$age = ${ageExpression(at, freshness.unit)};`,
    '',
    `return ${freshConditions(plan, ageWords(plan)).join(' && ')};`,
  ]
}

function expectedLines(plan: Plan, content: string): string[] {
  const { algorithm, encoding, key } = plan.scheme
  const isBase64Key = typeof key === 'object' && 'base64AfterPrefix' in key
  const keyText = key === 'hex' ? 'hex2bin($secret)' : isBase64Key ? '$key' : '$secret'
  const hash = algorithm.slice('hmac-'.length)
  const base64 = `base64_encode(hash_hmac('${hash}', ${content}, ${keyText}, true))`
  const texts = {
    hex: `hash_hmac('${hash}', ${content}, ${keyText})`,
    base64,
    base64url: `rtrim(strtr(${base64}, '+/', '-_'), '=')`,
  }
  return [
    ...(isBase64Key ? [`$key = base64_decode(preg_replace('/^${key.base64AfterPrefix}/', '', $secret));`] : []),
    `$expected = ${plan.mark === '' ? '' : `'${plan.mark}' . `}${texts[encoding]};`,
  ]
}

function asymmetricLines(plan: Plan, content: string): Lines {
  const { algorithm, encoding, newSecret, key } = plan.scheme
  const decode = (text: string) => (encoding === 'hex' ? `(string) @hex2bin(${text})` : `base64_decode(${text})`)
  const found = (condition: string): Lines => [`if (${condition}) {`, '    return true;', '}']
  if (algorithm !== 'ed25519') {
    const isCertificate = algorithm === 'rsa-sha256'
    const verified = (pem: string) =>
      `openssl_verify(${content}, ${decode('$signature')}, ${pem}, OPENSSL_ALGO_SHA256) === 1`
    if (isCertificate) return each('certificates', 'certificate', found(verified('$certificate')))
    return each('publicKeys', 'publicKey', [
      '$pem = "-----BEGIN PUBLIC KEY-----\\n" . chunk_split($publicKey, 64, "\\n") . "-----END PUBLIC KEY-----\\n";',
      found(verified('$pem')),
    ])
  }
  const prefix = typeof key === 'object' && 'asymmetric' in key ? key.asymmetric.publicPrefix : ''
  const bare = prefix === '' ? '$publicKey' : `preg_replace('/^${prefix}/', '', $publicKey)`
  const raw = newSecret.encoding === 'hex' ? `hex2bin(${bare})` : `base64_decode(${bare})`
  const isLong = 'strlen($proof) === SODIUM_CRYPTO_SIGN_BYTES'
  const isMatch = `${isLong} && sodium_crypto_sign_verify_detached($proof, ${content}, $key)`
  return each('publicKeys', 'publicKey', [
    `$key = ${raw};`,
    plan.list
      ? [
          'foreach ($items as $item) {',
          indented('    ', [
            `$proof = str_starts_with($item, '${plan.mark}') ? ${decode(`substr($item, ${plan.mark.length})`)} : '';`,
            found(isMatch),
          ]),
          '}',
        ]
      : [`$proof = ${decode('$signature')};`, found(isMatch)],
  ])
}
