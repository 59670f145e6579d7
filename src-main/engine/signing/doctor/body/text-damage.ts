import type { Hypothesis } from '../subject.ts'
import { bodyChange, type BodyWords } from './body-change.ts'

const MARK = Buffer.from([0xef, 0xbb, 0xbf])
const [LF, CR, SPACE] = [0x0a, 0x0d, 0x20]

/** The ends of the body and of its lines were changed by something that took it for text. */
export const textDamage: Hypothesis = function* ({ message: { body } }) {
  const end = endOfText(body)
  if (end < body.length) yield bodyChange(body, body.subarray(0, end), ADDED_NEWLINE)
  for (const ending of ['\n', '\r\n', '\0']) {
    yield bodyChange(body, Buffer.concat([body, Buffer.from(ending)]), ending === '\0' ? LOST_BYTE : LOST_NEWLINE)
  }
  if (MARK.equals(body.subarray(0, 3))) yield bodyChange(body, body.subarray(3), ADDED_MARK)
  else yield bodyChange(body, Buffer.concat([MARK, body]), LOST_MARK)
  if (body.includes(CR)) yield bodyChange(body, withoutReturns(body), RETURNS_ADDED)
  if (body.includes(LF)) yield bodyChange(body, withReturns(body), RETURNS_LOST)
}

function endOfText(body: Uint8Array): number {
  let end = body.length
  while (end > 0 && [LF, CR, SPACE, 0].includes(body[end - 1] ?? -1)) end--
  return end
}

const textOf = (body: Uint8Array) => Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1')

function withoutReturns(body: Uint8Array): Uint8Array {
  return Buffer.from(textOf(body).replaceAll('\r\n', '\n'), 'latin1')
}

function withReturns(body: Uint8Array): Uint8Array {
  return Buffer.from(textOf(body).replaceAll(/\r?\n/g, '\r\n'), 'latin1')
}

const ADDED_NEWLINE: BodyWords = {
  code: 'body_trailing_newline',
  title: 'A line break or space was added at the end of the body',
  explanation: 'The signature fits the body without what stands after its last character.',
  fix: 'Sign the bytes that are sent, or send what was signed: with curl use --data-binary, and write files without a closing line break (printf in place of echo).',
}
const LOST_NEWLINE: BodyWords = {
  code: 'body_trailing_newline',
  title: 'The line break at the end of the body is lost',
  explanation: 'The signature fits the body with a line break at its end.',
  fix: 'Keep the last line break: with curl use --data-binary @file in place of --data, and trim nothing before verifying.',
}
const LOST_BYTE: BodyWords = {
  code: 'body_trailing_newline',
  title: 'A zero byte at the end of the body is lost',
  explanation:
    'The signature fits the body with a zero byte after it: the sender signed the end mark of a C string too.',
  fix: 'Sign exactly as many bytes as are sent.',
}
const ADDED_MARK: BodyWords = {
  code: 'body_byte_order_mark',
  title: 'A byte order mark was put before the body',
  explanation: 'The signature fits the body without its first three bytes, EF BB BF.',
  fix: 'Write the body as UTF-8 without a byte order mark, or sign it with one.',
}
const LOST_MARK: BodyWords = {
  code: 'body_byte_order_mark',
  title: 'The byte order mark before the body is lost',
  explanation: 'The signature fits the body with the bytes EF BB BF before it; decoding it as text dropped them.',
}
const RETURNS_ADDED: BodyWords = {
  code: 'body_line_breaks',
  title: 'Line breaks were changed from LF to CRLF',
  explanation: 'The signature fits the body with each CRLF as a bare LF.',
  fix: 'Send the bytes that were signed: open files in binary mode, and keep editors and Git (autocrlf) from changing line breaks.',
}
const RETURNS_LOST: BodyWords = {
  code: 'body_line_breaks',
  title: 'Line breaks were changed from CRLF to LF',
  explanation: 'The signature fits the body with each LF as CRLF.',
  fix: 'Keep the line breaks as they came: with curl use --data-binary, and open files in binary mode.',
}
