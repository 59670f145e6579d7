import { AppError } from '#shared/model/app-error.ts'
import type { HeaderList } from '#shared/model/header.ts'

/** RFC 9110, section 5.6.2: what a header name may consist of. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
/** RFC 9110, section 5.5: visible characters, spaces, tabs and obsolete text; no line breaks, no NUL. */
// oxlint-disable-next-line no-control-regex -- control characters are just what is looked for
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

export function isHeaderName(name: string): boolean {
  return TOKEN.test(name)
}

export function isHeaderValue(value: string): boolean {
  return VALUE.test(value)
}

/**
 * Throws `AppError` `invalid_request` for the first header that cannot stand on the wire or is in `refused`
 * (lower-case names). The message names the header and never its value.
 */
export function checkHeaders(
  headers: HeaderList,
  { field, refused }: { field: string; refused: ReadonlySet<string> },
): void {
  headers.forEach(([name, value], index) => {
    const at = `${field}.${index}`
    if (!isHeaderName(name)) {
      throw new AppError('invalid_request', `“${name}” is not a header name.`, {
        field: `${at}.0`,
        hint: 'Use letters, digits and hyphens.',
      })
    }
    if (!isHeaderValue(value)) {
      throw new AppError(
        'invalid_request',
        `The value of header ${name} has a line break or another character that headers cannot carry.`,
        {
          field: `${at}.1`,
          hint: 'Remove line breaks and control characters; encode other scripts, for example percent-encoded.',
        },
      )
    }
    if (refused.has(name.toLowerCase())) {
      throw new AppError('invalid_request', `The header ${name} is set by Hookloop itself.`, {
        field: `${at}.0`,
        hint: `Remove ${name}.`,
      })
    }
  })
}
