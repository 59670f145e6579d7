import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { FindingCode } from '#shared/model/diagnosis.ts'
import { codes, diagnosed, sent } from './planted.ts'

const DATA = {
  url: 'https://shop.example/a?b=1&c=2',
  total: 1,
  text: '<b>é “☃” 5 > 4</b>',
  list: [],
  deep: [{ z: null, a: [true] }],
}
const JS = JSON.stringify(DATA)
const PRETTY = JSON.stringify(DATA, null, 2)
const escaped = (text: string) =>
  text.replaceAll(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
const PYTHON = escaped(JS.replaceAll('":', '": ').replaceAll(',"', ', "'))
const GO = JS.replaceAll('<', String.raw`\u003c`)
  .replaceAll('>', String.raw`\u003e`)
  .replaceAll('&', String.raw`\u0026`)
const FORM = 'token=a%20b&text=x%2Fy+z&user=ada%40example.com'
const FORM_TYPE: [string, string] = ['content-type', 'application/x-www-form-urlencoded']

/** What went wrong with the body, for whom, what was signed, what came, and what the doctor must say. */
const PLANTED: readonly (readonly [string, string, string | Buffer, string | Buffer, FindingCode])[] = [
  ['indented by two spaces, came compact', 'github', PRETTY, JS, 'body_json_rewritten'],
  [
    'indented by four spaces, came indented by two',
    'shopify',
    JSON.stringify(DATA, null, 4),
    PRETTY,
    'body_json_rewritten',
  ],
  [
    'indented by tabs with a last line break',
    'gocardless',
    `${JSON.stringify(DATA, null, '\t')}`,
    JS,
    'body_json_rewritten',
  ],
  ['compact, came indented', 'stripe', JS, PRETTY, 'body_json_rewritten'],
  ['as Python writes it', 'slack', PYTHON, JS, 'body_json_rewritten'],
  ['as PHP writes it', 'square', escaped(JS).replaceAll('/', String.raw`\/`), JS, 'body_json_rewritten'],
  ['as Go writes it', 'standard-webhooks', GO, JS, 'body_json_rewritten'],
  ['with slashes escaped', 'typeform', JS.replaceAll('/', String.raw`\/`), JS, 'body_json_rewritten'],
  ['with escapes that were resolved', 'paddle', escaped(JS), JS, 'body_json_rewritten'],
  ['plain, came escaped', 'crawlux', JS, escaped(JS), 'body_json_rewritten'],
  ['with sorted keys', 'hubspot', '{"a":[{"b":1,"c":2}],"b":1}', '{"b":1,"a":[{"c":2,"b":1}]}', 'body_json_rewritten'],
  ['with floats that became integers', 'linear', '{"total":10.0}', '{"total":10}', 'body_json_rewritten'],
  ['with integers that became floats', 'calendly', '{"total":10}', '{"total": 10.0}', 'body_json_rewritten'],
  ['as it is, came with a line break', 'github', JS, `${JS}\n`, 'body_trailing_newline'],
  ['with a line break, came without', 'stripe', `${JS}\n`, JS, 'body_trailing_newline'],
  ['with CRLF at its end, came without', 'sentry', 'text\r\n', 'text', 'body_trailing_newline'],
  ['with LF, came with CRLF', 'vercel', 'one\ntwo\nthree', 'one\r\ntwo\r\nthree', 'body_line_breaks'],
  ['with CRLF, came with LF', 'mux', '{\r\n"a":1}', '{\n"a":1}', 'body_line_breaks'],
  ['without a byte order mark, came with one', 'woocommerce', JS, `\ufeff${JS}`, 'body_byte_order_mark'],
  ['with a byte order mark, came without', 'box', `\ufeff${JS}`, JS, 'body_byte_order_mark'],
  [
    'in UTF-8, came encoded twice',
    'line',
    '{"a":"é"}',
    Buffer.from(Buffer.from('{"a":"é"}').toString('latin1')),
    'body_charset',
  ],
  ['in UTF-8 with “, came encoded twice by way of Windows-1252', 'github', '{"a":"“"}', '{"a":"â€œ"}', 'body_charset'],
  ['in UTF-8, came in Latin-1', 'shopify', '{"a":"é"}', Buffer.from('{"a":"é"}', 'latin1'), 'body_charset'],
  ['composed, came decomposed', 'stripe', '{"a":"\u00e9"}', '{"a":"e\u0301"}', 'body_charset'],
  ['plain, came compressed', 'github', JS, gzipSync(JS), 'body_compressed'],
  ['compressed, came plain', 'slack', gzipSync(JS), JS, 'body_compressed'],
]

describe('what became of a body', () => {
  it.for(PLANTED)('PRV-5 finds that the body was signed %s (%s)', ([, id, signed, received, code]) => {
    const request = sent(id, { body: Buffer.from(signed) })
    const diagnosis = diagnosed(id, { ...request, body: Buffer.from(received) })
    expect(diagnosis).toMatchObject({ verdict: 'invalid', reason: 'signature_mismatch', complete: true })
    expect(codes(diagnosis)).toEqual([code])
    expect(diagnosis.findings[0]).toMatchObject({ certainty: 'proven', difference: { of: 'body' } })
  })

  it.each([
    ['with + for spaces', FORM.replaceAll('%20', '+'), FORM],
    ['with %20 for spaces', FORM.replaceAll('+', '%20'), FORM.replaceAll('%20', '+')],
    ['in lower case', FORM.replaceAll('+', '%20').replaceAll('%2F', '%2f'), FORM],
    [
      'as a form, came as JSON',
      FORM.replaceAll('%20', '+'),
      JSON.stringify(Object.fromEntries(new URLSearchParams(FORM))),
    ],
    ['as a form around JSON, came as that JSON', new URLSearchParams({ payload: JS }).toString(), JS],
    ['as JSON, came in a form', JS, new URLSearchParams({ payload: JS }).toString()],
  ])('PRV-5 finds that a form was signed %s', (_, signed, received) => {
    const request = sent('slack', { body: Buffer.from(signed), headers: [FORM_TYPE] })
    expect(codes(diagnosed('slack', { ...request, body: Buffer.from(received) }))).toEqual(['body_form_rewritten'])
  })

  it('PRV-5 shows where the bytes part, with what cannot be seen written out', () => {
    const request = sent('github', { body: Buffer.from(PRETTY) })
    const [finding] = diagnosed('github', { ...request, body: Buffer.from(JS) }).findings
    expect(finding?.difference).toMatchObject({ offset: 1, signed: expect.stringContaining(String.raw`{\n  "url"`) })
    expect(finding?.explanation).toContain('indented by two spaces')
    expect(finding?.fix).toContain('raw bytes')
  })

  it('PRV-5 says that the body is shorter than its sender said, where no change explains it', () => {
    const request = sent('github', { body: Buffer.from(JS), headers: [['Content-Length', '500']] })
    const diagnosis = diagnosed('github', { ...request, body: Buffer.from(JS.slice(0, 20)) })
    expect(diagnosis.findings).toMatchObject([
      { code: 'body_length', certainty: 'likely', expected: '500 bytes', found: '20 bytes' },
    ])
  })

  it('PRV-5 does not write a large body in every style, and bounds its work on the largest', () => {
    const large = JSON.stringify({ text: 'x'.repeat(25 * 1_048_576 - 20) })
    const request = sent('stripe', { body: Buffer.from(large) })
    expect(codes(diagnosed('stripe', { ...request, body: Buffer.from(`${large}\n`) }))).toEqual([
      'body_trailing_newline',
    ])
    expect(diagnosed('stripe', { ...request, secrets: ['wrong'] })).toMatchObject({ findings: [], complete: false })
  })
})
