import type { Issue } from './explain-issues.ts'

/** What a schema asks for, to be read after "must be"; null where its own words say it. */
export function whatIsAsked(issue: Issue): string | null {
  // A schema that brings its own sentence knows more than its kind.
  if (!/^(?:Too (?:small|big)|Invalid)\b/.test(issue.message)) return null
  switch (issue.code) {
    case 'invalid_type':
      return typeAsked(issue)
    case 'invalid_value':
      return oneOf(issue.values ?? [])
    case 'invalid_union':
      return issue.options ? oneOf(issue.options) : null
    case 'too_small':
      return sized(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)
    case 'too_big':
      return sized(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`
    case 'invalid_format':
      return FORMATS[issue.format ?? ''] ?? null
    default:
      return null
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  datetime: 'a time such as 2026-01-31T09:30:00Z',
  date: 'a date such as 2026-01-31',
  url: 'a URL such as https://example.com/hook',
  base64: 'base64',
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

function typeAsked({ expected, message }: Issue): string {
  const received = /received (\w+)$/.exec(message)?.[1] ?? ''
  const asked = TYPES[expected ?? ''] ?? expected
  const given = TYPES[received]
  return given === undefined || given === asked || expected === 'int' ? `${asked}` : `${asked}, not ${given}`
}

function oneOf(values: readonly unknown[]): string {
  const shown = values.map((value) => JSON.stringify(value))
  return shown.length === 1 ? shown[0]! : `one of ${shown.join(', ')}`
}

const UNITS: Readonly<Record<string, string>> = { string: 'characters long', array: 'entries long' }

function sized(origin: string | undefined, bound: string, size: unknown): string {
  const unit = UNITS[origin ?? '']
  if (unit && bound === 'at least' && Number(size) === 1) return 'given: it is empty'
  return [bound, size, ...(unit ? [unit] : [])].join(' ')
}
