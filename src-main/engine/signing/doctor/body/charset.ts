import type { Hypothesis } from '../subject.ts'
import { bodyChange, type BodyWords } from './body-change.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The body's bytes were read in one character set and written in another. */
export const charset: Hypothesis = function* ({ message: { body } }) {
  if (body.every((byte) => byte < 0x80)) return
  const text = decoded(body)
  if (text !== null) {
    if (!/[\u0100-\uffff]/.test(text)) yield bodyChange(body, Buffer.from(text, 'latin1'), TWICE_ENCODED)
    const windows = toWindows1252(text)
    if (windows) yield bodyChange(body, windows, TWICE_ENCODED)
    const composed = [text.normalize('NFC'), text.normalize('NFD')].find((form) => form !== text)
    if (composed !== undefined) yield bodyChange(body, Buffer.from(composed), NORMALISED)
  }
  yield bodyChange(body, Buffer.from(Buffer.from(body).toString('latin1'), 'utf8'), NOT_ENCODED)
}

function decoded(body: Uint8Array): string | null {
  try {
    return utf8.decode(body)
  } catch {
    return null
  }
}

/** The characters of Windows-1252 from 0x80 on that differ from Latin-1, by their code points. */
const WINDOWS_1252 = new Map(
  Array.from(
    new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, index) => 0x80 + index)),
    (char, index) => [char, 0x80 + index],
  ),
)

function toWindows1252(text: string): Uint8Array | null {
  const bytes = new Uint8Array(text.length)
  let isOther = false
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    const special = WINDOWS_1252.get(text[index] ?? '')
    if (special === undefined && code > 0xff) return null
    bytes[index] = special ?? code
    isOther ||= special !== undefined && special !== code
  }
  return isOther ? bytes : null
}

const TWICE_ENCODED: BodyWords = {
  code: 'body_charset',
  title: 'The body was encoded as UTF-8 twice',
  explanation:
    'Its bytes were read as Latin-1 and written as UTF-8 again, so that é became Ã©. The signature fits the bytes before that.',
  fix: 'Handle the body as bytes, or decode and encode it in the same character set, UTF-8.',
}
const NOT_ENCODED: BodyWords = {
  code: 'body_charset',
  title: 'The body lost its UTF-8 encoding',
  explanation: 'It came in Latin-1, and the signature fits the same text in UTF-8.',
  fix: 'Write the body as UTF-8 when it is sent, the same bytes that are signed.',
}
const NORMALISED: BodyWords = {
  code: 'body_charset',
  title: 'Accents in the body were composed in another way',
  explanation:
    'The text is the same in another Unicode normal form (é as one or as two characters), which the signature fits.',
}
