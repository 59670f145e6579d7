import { CommanderError } from 'commander'

/** What the process answers; documented by `hookloop --help`. */
export const EXIT = { ok: 0, failed: 1, usage: 2, unreachable: 3, refused: 4, partly: 5 } as const

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
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}

/** The sentence for stderr (none where the parser has already spoken) and the exit code. */
export function explain(thrown: unknown): { text: string | null; code: number } {
  const error = thrown instanceof Error && thrown.cause instanceof RefusedError ? thrown.cause : thrown
  if (error instanceof CommanderError) return { text: null, code: error.exitCode === 0 ? EXIT.ok : EXIT.usage }
  if (error instanceof UsageError) return { text: error.message, code: EXIT.usage }
  if (error instanceof UnreachableError) return { text: error.message, code: EXIT.unreachable }
  if (error instanceof RefusedError) {
    const hint = error.hint === undefined ? '' : `\n${error.hint}`
    return { text: `${error.message} (${error.code})${hint}`, code: EXIT.refused }
  }
  return { text: error instanceof Error ? error.message : String(error), code: EXIT.failed }
}
