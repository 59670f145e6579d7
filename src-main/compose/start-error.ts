import { VaultLockedError } from '../engine/ports.ts'

/** Why the product cannot start, in words for a person; `hint` says what to do about it. */
export class StartError extends Error {
  readonly hint: string | undefined

  constructor(message: string, hint?: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StartError'
    this.hint = hint
  }
}

/** What a host tells a person when `start` throws; null for a bug, whose stack is worth more. */
export function explainStartFailure(error: unknown): string | null {
  if (error instanceof VaultLockedError) return error.message
  if (!(error instanceof Error) || !('hint' in error)) return null
  return typeof error.hint === 'string' ? `${error.message}\n${error.hint}` : error.message
}
