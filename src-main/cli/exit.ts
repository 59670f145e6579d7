import { CommanderError } from 'commander'

/** What the process answers; documented by `hookloop --help`. */
export const EXIT = { ok: 0, failed: 1, usage: 2, unreachable: 3, refused: 4, partly: 5, changes: 6 } as const

/** The same for documents. */
export const EXIT_CODES = [
  [EXIT.ok, 'done'],
  [EXIT.failed, 'failed, or not as it should be (verify, doctor, audit verify, run, trigger and replay --wait)'],
  [EXIT.usage, 'wrong use'],
  [EXIT.unreachable, 'relay not reachable'],
  [EXIT.refused, 'refused by the relay'],
  [EXIT.partly, 'succeeded in part (run)'],
  [EXIT.changes, 'there are changes to make (apply --dry-run)'],
] as const

/** Nothing answers where the relay should be. */
export class UnreachableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'UnreachableError'
  }
}

/** The relay answered no; `message` is its own sentence. */
export class RefusedError extends Error {
  readonly code: string
  readonly hint: string | undefined

  constructor(code: string, message: string, hint: string | undefined) {
    super(message)
    this.name = 'RefusedError'
    this.code = code
    this.hint = hint
  }
}

/** Wrong use that the argument parser cannot see. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'UsageError'
  }
}

/** Why a command ended before its end. */
export interface Failure {
  /** The relay's own code, or one of `usage`, `unreachable` and `failed`. */
  code: string
  message: string
  hint?: string
  exitCode: number
}

/** Null for what is no failure: help and version end the parser in the same way. */
export function explain(thrown: unknown): Failure | null {
  const error = thrown instanceof Error && thrown.cause instanceof RefusedError ? thrown.cause : thrown
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? null : { code: 'usage', message: parserWords(error), exitCode: EXIT.usage }
  }
  if (error instanceof UsageError) return { code: 'usage', message: error.message, exitCode: EXIT.usage }
  if (error instanceof UnreachableError) {
    return { code: 'unreachable', message: error.message, exitCode: EXIT.unreachable }
  }
  if (error instanceof RefusedError) {
    const { code, message, hint } = error
    return { code, message, ...(hint !== undefined && { hint }), exitCode: EXIT.refused }
  }
  const hint = error instanceof Error && 'hint' in error && typeof error.hint === 'string' ? error.hint : undefined
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'failed', message, ...(hint !== undefined && { hint }), exitCode: EXIT.failed }
}

function parserWords({ message }: CommanderError): string {
  return message.replace(/^error: /, '')
}

/** The sentence for a person: the relay's refusals with their code, which its documents name. */
export function sentenceOf({ code, message, hint, exitCode }: Failure): string {
  const named = exitCode === EXIT.refused ? `${message} (${code})` : message
  return hint === undefined ? named : `${named}\n${hint}`
}
