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
