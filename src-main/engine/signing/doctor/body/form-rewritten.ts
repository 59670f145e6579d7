import { headerValue } from '#shared/model/header.ts'
import { parseJson } from '#shared/model/parse-json.ts'
import type { Hypothesis } from '../subject.ts'
import { bodyChange, type BodyWords } from './body-change.ts'
import { LARGEST_JSON_BYTES } from './json-rewritten.ts'

type Pairs = readonly (readonly [string, string])[]

/** A form was decoded and encoded again, or turned into JSON, or taken out of its `payload` field. */
export const formRewritten: Hypothesis = function* ({ message: { body, headers } }) {
  if (body.byteLength > LARGEST_JSON_BYTES) return
  const isForm = /x-www-form-urlencoded/i.test(headerValue(headers, 'content-type') ?? '')
  const text = Buffer.from(body).toString('utf8')
  if (isForm || /^[\w.~*%+-]+=/.test(text)) {
    const pairs = [...new URLSearchParams(text)]
    for (const signed of writings(pairs)) yield bodyChange(body, Buffer.from(signed), REWRITTEN)
    const payload = pairs.find(([name]) => name === 'payload')?.[1]
    if (payload !== undefined) yield bodyChange(body, Buffer.from(payload), WRAPPED)
  }
  const pairs = flatFields(parseJson(body))
  if (pairs) for (const signed of writings(pairs)) yield bodyChange(body, Buffer.from(signed), TURNED_INTO_JSON)
  if (/^\s*[{[]/.test(text)) {
    for (const signed of writings([['payload', text]])) yield bodyChange(body, Buffer.from(signed), UNWRAPPED)
  }
}

/** The ways in which programs encode a form. */
function writings(pairs: Pairs): readonly string[] {
  const form = new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value])).toString()
  const strict = pairs.map((pair) => pair.map(percentEncoded).join('=')).join('&')
  const script = pairs.map((pair) => pair.map((text) => encodeURIComponent(text.toWellFormed())).join('=')).join('&')
  const some = [form, strict, script, strict.replaceAll('%20', '+'), script.replaceAll('%20', '+')]
  const lower = some.map((text) => text.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))
  const sorted = new URLSearchParams(form)
  sorted.sort()
  return [...new Set([...some, ...lower, sorted.toString()])]
}

/** As RFC 3986 has it: everything but letters, digits and `-._~`. */
function percentEncoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function flatFields(value: unknown): Pairs | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const fields = Object.entries(value).flatMap(([name, field]): [string, string][] =>
    typeof field === 'string' || typeof field === 'number' || typeof field === 'boolean' ? [[name, String(field)]] : [],
  )
  return fields.length > 0 && fields.length === Object.keys(value).length ? fields : null
}

const REWRITTEN: BodyWords = {
  code: 'body_form_rewritten',
  title: 'The form was decoded and encoded again',
  explanation:
    'The fields are the same, but the bytes are not: the signature fits this form in another encoding (+ or %20, %2F or %2f).',
}
const TURNED_INTO_JSON: BodyWords = {
  code: 'body_form_rewritten',
  title: 'The form was turned into JSON',
  explanation:
    'The sender signed a form, application/x-www-form-urlencoded, and something on the way passed it on as JSON.',
}
const WRAPPED: BodyWords = {
  code: 'body_form_rewritten',
  title: 'The JSON was put into a form',
  explanation: 'The signature fits the JSON of the form’s field “payload” alone.',
}
const UNWRAPPED: BodyWords = {
  code: 'body_form_rewritten',
  title: 'The JSON was taken out of its form',
  explanation: 'The sender signed a form with the JSON in its field “payload”; here only that JSON came.',
  fix: 'Verify the whole form as it came, before its payload is taken out; or choose JSON as the content type at the sender.',
}
