import { ORPCError } from '@orpc/client'

/** An error of the API in the words for a person. */
export interface Refusal {
  code: string
  message: string
  field: string | null
  hint: string | null
}

/** Whether the API answered and said no: asking again would not help. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ORPCError && error.status < 500
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function firstIssue(data: object): { field: string | null; message: string | null } {
  const issue: unknown = 'issues' in data && Array.isArray(data.issues) ? data.issues[0] : null
  if (typeof issue !== 'object' || issue === null) return { field: null, message: null }
  const path: unknown = 'path' in issue ? issue.path : null
  return {
    field: Array.isArray(path) ? path.map(String).join('.') : null,
    message: 'message' in issue ? text(issue.message) : null,
  }
}

export function refusalOf(error: unknown): Refusal {
  if (error instanceof ORPCError) {
    const data: unknown = error.data
    const details = typeof data === 'object' && data !== null ? data : {}
    const issue = firstIssue(details)
    return {
      code: error.code,
      message: issue.message ?? error.message,
      field: ('field' in details ? text(details.field) : null) ?? issue.field,
      hint: 'hint' in details ? text(details.hint) : null,
    }
  }
  return {
    code: 'unreachable',
    message: 'The engine does not answer.',
    field: null,
    hint: 'Check that Hookloop is still running; the window reconnects by itself.',
  }
}

/** One line for a toast: what happened and what to do. */
export function describeError(error: unknown): string {
  const { message, hint } = refusalOf(error)
  return hint === null ? message : `${message} ${hint}`
}

/** A refusal, sorted to the fields of a form. */
export interface FieldErrors {
  /** What is wrong with a field, or with a part of it, and what to do about it. */
  errorOf: (field: string) => string | null
  /** What belongs to no field of the form. */
  general: string | null
}

/** `fields` are those that the form shows; places within them, such as `targets.1.url` in `targets`, are theirs too. */
export function fieldErrors(error: unknown, fields: readonly string[]): FieldErrors {
  if (error === null || error === undefined) return { errorOf: () => null, general: null }
  const { field, message, hint } = refusalOf(error)
  const words = hint === null ? message : `${message} ${hint}`
  const isAt = (name: string): boolean =>
    field === name || (field?.startsWith(`${name}.`) ?? false) || (field?.startsWith(`${name}[`) ?? false)
  return { errorOf: (name) => (isAt(name) ? words : null), general: fields.some(isAt) ? null : words }
}
