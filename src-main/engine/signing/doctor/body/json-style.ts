import type { JsonTokens } from './json-tokens.ts'

/** How a program writes JSON. */
export interface JsonStyle {
  layout: keyof typeof LAYOUTS
  strings: keyof typeof STRINGS
  numbers: keyof typeof NUMBERS
}

interface Layout {
  /** After a comma, on one line. */
  comma: string
  /** After a colon. */
  colon: string
  /** One level of indentation; null for a single line. */
  indent: string | null
}

export const LAYOUTS = {
  compact: { comma: '', colon: '', indent: null },
  /** Python’s default. */
  spaced: { comma: ' ', colon: ' ', indent: null },
  two: { comma: '', colon: ' ', indent: '  ' },
  four: { comma: '', colon: ' ', indent: '    ' },
  tab: { comma: '', colon: ' ', indent: '\t' },
} as const satisfies Record<string, Layout>

const unicode = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
const upperUnicode = (char: string) => `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`

/** What a string of JSON text becomes, after only what must be escaped is. */
export const STRINGS = {
  plain: (text: string) => text,
  ascii: (text: string) => text.replaceAll(/[\u007f-\uffff]/g, unicode),
  slashes: (text: string) => text.replaceAll('/', String.raw`\/`),
  /** PHP’s default. */
  php: (text: string) => text.replaceAll('/', String.raw`\/`).replaceAll(/[\u007f-\uffff]/g, unicode),
  /** Go’s default. */
  html: (text: string) => text.replaceAll(/[<>&\u2028\u2029]/g, unicode),
  /** .NET’s default. */
  dotnet: (text: string) =>
    `"${text
      .slice(1, -1)
      .replaceAll(String.raw`\"`, String.raw`\u0022`)
      .replaceAll(/[<>&'+\u0060\u007f-\uffff]/g, upperUnicode)}"`,
} as const

const NUMBERS = {
  kept: (text: string) => text,
  /** As JavaScript writes it. */
  short: (text: string) => JSON.stringify(Number(text)),
  /** As a float with at least one decimal. */
  float: (text: string) => (/^-?\d+$/.test(text) ? `${text}.0` : text),
} as const

/** JSON written in a style; null where that makes more than `limit` characters. */
export function writeJson(tokens: JsonTokens, { layout, strings, numbers }: JsonStyle, limit: number): string | null {
  const { comma, colon, indent }: Layout = LAYOUTS[layout]
  let depth = 0
  let text = ''
  const line = () => (indent === null ? '' : `\n${indent.repeat(depth)}`)
  for (const [index, token] of tokens.entries()) {
    if (isOpening(token)) {
      depth++
      text += isClosing(tokens[index + 1]) ? token : token + line()
    } else if (isClosing(token)) {
      depth--
      text += isOpening(tokens[index - 1]) ? token : line() + token
    } else if (token === ',') text += token + comma + line()
    else if (token === ':') text += token + colon
    else text += scalar(token, strings, numbers)
    if (text.length > limit) return null
  }
  return text
}

function scalar(token: string, strings: JsonStyle['strings'], numbers: JsonStyle['numbers']): string {
  if (token.startsWith('"')) return STRINGS[strings](JSON.stringify(JSON.parse(token)))
  return /^[-\d]/.test(token) ? NUMBERS[numbers](token) : token
}

const isOpening = (token: string | undefined) => token === '{' || token === '['
const isClosing = (token: string | undefined) => token === '}' || token === ']'

const WORDS: Readonly<Record<string, string>> = {
  compact: 'without any white space',
  spaced: 'with a space after each comma and colon',
  two: 'indented by two spaces',
  four: 'indented by four spaces',
  tab: 'indented by tabs',
  ascii: String.raw`with characters beyond ASCII as \u00e9`,
  slashes: String.raw`with / as \/`,
  php: String.raw`with / as \/ and characters beyond ASCII as \u00e9`,
  html: String.raw`with <, > and & as \u003c`,
  dotnet: String.raw`with quotes, <, > and characters beyond ASCII as \u00E9`,
  short: 'with numbers shortened (1.0 as 1)',
  float: 'with whole numbers as 1.0',
}

/** Such as `indented by two spaces, with / as \/`. */
export function styleWords({ layout, strings, numbers }: JsonStyle): string {
  return [layout, strings, numbers].flatMap((part) => WORDS[part] ?? []).join(', ')
}
