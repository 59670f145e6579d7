import type { Piece } from '../../signing/content/template.ts'
import { contentRuns } from '../content-runs.ts'
import { type Extra, isAsymmetric, type Plan, uses } from '../plan.ts'
import { codeText, indented, type Lines, pascalCase } from '../text.ts'
import { BODY_SAYS, extraSays, freshConditions, keysOf, purposeOf, staleConditions } from '../words.ts'
import { goAsymmetricLines } from './go-asymmetric.ts'
import { goImports } from './go-imports.ts'

const EXTRA_NAMES: Readonly<Record<Extra, string>> = { method: 'method', url: 'url', webhookId: 'webhookID' }

/** A file for Go 1.18 and later. */
export function goSnippet(plan: Plan): string {
  const keys = keysOf(plan)
  const extras = plan.extras.length === 0 ? [] : [`${plan.extras.map((extra) => EXTRA_NAMES[extra]).join(', ')} string`]
  const parameters = ['body []byte', 'header http.Header', `${keys.name} []string`, ...extras]
  const name = `Verify${pascalCase(plan.provider)}`
  return codeText([
    ['package webhooks', '', 'import ('],
    indented('\t', goImports(plan)),
    [')', ''],
    plan.freshness && [`const ${limitOf(plan)} = ${plan.freshness.pastSeconds} // seconds`, ''],
    `// ${name} tells ${purposeOf(plan)}`,
    '//',
    `//   - body: ${BODY_SAYS}`,
    `//   - ${keys.name}: ${keys.says}`,
    plan.extras.map((extra) => `//   - ${EXTRA_NAMES[extra]}: ${extraSays(extra, plan)}`),
    `func ${name}(${parameters.join(', ')}) bool {`,
    indented('\t', [readLines(plan), freshLines(plan), '', contentLines(plan), proofLines(plan)]),
    '}',
  ])
}

const limitOf = ({ provider }: Plan) => {
  const name = pascalCase(provider)
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}Tolerance`
}
const NAMES: Readonly<Record<string, string>> = { label: 'webhookID' }
const refuseIf = (condition: string): Lines => [`if ${condition} {`, '\treturn false', '}']

function readLines({ reads, list, signatureHeaders, scheme }: Plan): Lines {
  const of = (header: string) => `header.Get("${header}")`
  const own = reads.map(({ variable, header }) => `${variable} := ${of(header)}`)
  const missing = reads.map(({ variable }) => `${variable} == ""`)
  if (signatureHeaders.length > 1) {
    return [
      own,
      missing.length === 0 ? [] : refuseIf(missing.join(' || ')),
      `signatures := []string{${signatureHeaders.map(of).join(', ')}}`,
    ]
  }
  if (list)
    return [
      own,
      missing.length === 0 ? null : refuseIf(missing.join(' || ')),
      listLines(list, of(signatureHeaders[0]!)),
    ]
  const variable = scheme.algorithm === 'token' ? 'token' : 'signature'
  return [own, `${variable} := ${of(signatureHeaders[0]!)}`, refuseIf([...missing, `${variable} == ""`].join(' || '))]
}

function listLines({ separator, lead, parts }: NonNullable<Plan['list']>, header: string): Lines {
  const bare = lead === '' ? header : `strings.TrimPrefix(${header}, "${lead}")`
  if (separator === ' ') return [`items := strings.Fields(${bare})`]
  if (parts.length === 0) return [`items := strings.Split(${bare}, "${separator}")`]
  return [
    `var ${parts.map(({ variable }) => variable).join(', ')} string`,
    'var items []string',
    `for _, item := range strings.Split(${bare}, "${separator}") {`,
    indented('\t', [
      'item = strings.TrimSpace(item)',
      parts.map(({ prefix, variable }, index) => [
        `${index === 0 ? '' : '} else '}if strings.HasPrefix(item, "${prefix}") {`,
        `\t${variable} = item[len("${prefix}"):]`,
      ]),
      ['} else {', '\titems = append(items, item)', '}'],
    ]),
    '}',
    refuseIf(parts.map(({ variable }) => `${variable} == ""`).join(' || ')),
  ]
}

const ageWords = (plan: Plan) => ({ age: 'age', limit: limitOf(plan), abs: (age: string) => `math.Abs(${age})` })

function freshLines(plan: Plan): Lines {
  const { freshness } = plan
  if (!freshness || freshness.field !== null) return []
  const conditions = staleConditions(plan, ageWords(plan)).join(' || ')
  if (freshness.unit === 'rfc3339') {
    return [
      '',
      'sentAt, err := time.Parse(time.RFC3339, timestamp)',
      refuseIf('err != nil'),
      'age := time.Since(sentAt).Seconds()',
      refuseIf(conditions),
    ]
  }
  return [
    '',
    'sentAt, err := strconv.ParseInt(timestamp, 10, 64)',
    refuseIf('err != nil'),
    `age := time.Since(${freshness.unit === 's' ? 'time.Unix(sentAt, 0)' : 'time.UnixMilli(sentAt)'}).Seconds()`,
    refuseIf(conditions),
  ]
}

function expression(piece: Piece): string {
  if ('text' in piece) return JSON.stringify(piece.text)
  if (piece.token === 'crc32') return 'strconv.FormatUint(uint64(crc32.ChecksumIEEE(body)), 10)'
  if (piece.token === 'signedHeaderValues') return 'strings.Join(values, ".")'
  return NAMES[piece.token] ?? piece.token
}

function contentLines(plan: Plan): Lines {
  if (plan.scheme.algorithm === 'token' || plan.content.length === 1) return []
  // As gofmt spaces it: tightly within a further call.
  const written = (plus: string) =>
    contentRuns(plan).map((run) => (run === 'body' ? run : `[]byte(${run.map(expression).join(plus)})`))
  const parts = written(' + ')
  const values = uses(plan, 'signedHeaderValues')
    ? [
        'var values []string',
        'for _, name := range strings.Split(signedHeaders, " ") {',
        '\tvalues = append(values, header.Get(name))',
        '}',
      ]
    : []
  if (parts.length === 1) return [values, `content := ${parts[0]}`]
  if (parts.length === 2 && parts[1] === 'body') return [values, `content := append(${written('+')[0]}, body...)`]
  return [values, `content := bytes.Join([][]byte{${parts.join(', ')}}, nil)`]
}

function each(keys: string, key: string, inner: Lines): Lines {
  return [`for _, ${key} := range ${keys} {`, indented('\t', inner), '}', 'return false']
}

function proofLines(plan: Plan): Lines {
  const content = plan.content.length === 1 ? 'body' : 'content'
  const found = ['\treturn true', '}']
  if (plan.scheme.algorithm === 'token') {
    const isSame = 'subtle.ConstantTimeCompare([]byte(token), []byte(expected)) == 1'
    return each('tokens', 'expected', [`if ${isSame} {`, ...found])
  }
  if (isAsymmetric(plan)) return goAsymmetricLines(plan, { content, each })
  const candidates = plan.list ? 'items' : plan.signatureHeaders.length > 1 ? 'signatures' : null
  const match = (given: string): Lines => [
    `if hmac.Equal([]byte(${given}), []byte(expected)) {`,
    indented('\t', foundLines(plan)),
    '}',
  ]
  return each('secrets', 'secret', [
    expectedLines(plan, content),
    candidates ? [`for _, item := range ${candidates} {`, indented('\t', match('item')), '}'] : match('signature'),
  ])
}

function foundLines(plan: Plan): Lines {
  const { freshness } = plan
  if (!freshness?.field) return ['return true']
  const name = freshness.field.charAt(0).toUpperCase() + freshness.field.slice(1)
  const at = freshness.unit === 's' ? `time.Unix(message.${name}, 0)` : `time.UnixMilli(message.${name})`
  return [
    'var message struct {',
    `\t${name} int64 \`json:"${freshness.field}"\``,
    '}',
    'if err := json.Unmarshal(body, &message); err != nil {',
    '\treturn false',
    '}',
    `age := time.Since(${at}).Seconds()`,
    `return ${freshConditions(plan, ageWords(plan)).join(' && ')}`,
  ]
}

const HASHES: Readonly<Record<string, string>> = {
  'hmac-sha1': 'sha1.New',
  'hmac-sha256': 'sha256.New',
  'hmac-sha512': 'sha512.New',
}
const ENCODERS = {
  hex: 'hex.EncodeToString',
  base64: 'base64.StdEncoding.EncodeToString',
  base64url: 'base64.RawURLEncoding.EncodeToString',
}

function expectedLines(plan: Plan, content: string): Lines {
  const { algorithm, encoding, key } = plan.scheme
  const isBase64Key = typeof key === 'object' && 'base64AfterPrefix' in key
  const bare = isBase64Key ? `strings.TrimPrefix(secret, "${key.base64AfterPrefix}")` : 'secret'
  const decoder = isBase64Key ? 'base64.StdEncoding.DecodeString' : key === 'hex' ? 'hex.DecodeString' : null
  return [
    decoder && [`key, err := ${decoder}(${bare})`, 'if err != nil {', '\tcontinue', '}'],
    `mac := hmac.New(${HASHES[algorithm]}, ${decoder ? 'key' : '[]byte(secret)'})`,
    `mac.Write(${content})`,
    `expected := ${plan.mark === '' ? '' : `"${plan.mark}" + `}${ENCODERS[encoding]}(mac.Sum(nil))`,
  ]
}
