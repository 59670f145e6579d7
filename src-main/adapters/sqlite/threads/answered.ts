import { StoreUnavailableError } from '#main/engine/ports.ts'
import { translated } from '../unavailable.ts'

/** What a thread tells of a question; `reason` where the storage cannot be read now. */
export type Answered = { id: number; answer: unknown } | { id: number; message: string; reason: string | null }

/** That a question failed, as it can pass from thread to thread. */
export function failed(id: number, error: unknown): Answered {
  const meant = translated(error)
  return { id, message: String(error), reason: meant instanceof StoreUnavailableError ? meant.message : null }
}
