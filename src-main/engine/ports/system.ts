import type { IdOf, IdPrefix } from '#shared/model/ids.ts'

/** Time as the engine knows it. Wall time is for records and signatures, monotonic time for waits and durations. */
export interface Clock {
  /** Unix ms. */
  now(): number
  /** Ms since an arbitrary start; never goes back. */
  monotonic(): number
  /** Ms since the machine started, its sleep counted; as coarse as a second. */
  uptime(): number
  /** Runs `task` once after `delayMs` (any length; 0 lets other work have a turn first); the returned function cancels it. */
  after(delayMs: number, task: () => void): () => void
}

export interface Ids {
  next<P extends IdPrefix>(prefix: P): IdOf<P>
}

/** Where chance comes from. */
export interface Random {
  /** Uniform in [0, 1). */
  fraction(): number
  bytes(length: number): Uint8Array
}

/** Structured log; never given secrets or bodies. */
export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void
  error(message: string, fields?: Readonly<Record<string, unknown>>): void
}
