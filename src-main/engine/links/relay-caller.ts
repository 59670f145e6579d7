import type { Failure } from '#shared/model/failure.ts'

/** A call of another relay's API. */
export interface RelayCall {
  method: 'GET' | 'POST'
  /** Below the relay's origin. */
  path: string
  headers: Readonly<Record<string, string>>
  /** JSON; null for none. */
  body: string | null
}

export interface RelayAnswer {
  status: number
  /** By small letters. */
  headers: Readonly<Record<string, string>>
  /** May go on for ever; whoever stops reading it ends the call. */
  body: AsyncIterable<Uint8Array>
}

/** No answer came; `failure` says at which stage and why. */
export class RelayUnreachedError extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(`The relay could not be reached: ${failure.code} (${failure.detail})`)
    this.name = 'RelayUnreachedError'
    this.failure = failure
  }
}

/** Calls of one relay over sockets of their own. */
export interface RelaySession {
  /**
   * Follows no redirect. Rejects with `RelayUnreachedError`, as the reading of a body that breaks off does, or with the
   * signal's reason.
   */
  call(call: RelayCall, signal: AbortSignal): Promise<RelayAnswer>
  /** Closes its sockets, whatever is under way. */
  close(): Promise<void>
}

/** The way to other relays, guarded as deliveries are. */
export interface RelayCaller {
  /** Opens no socket yet; `origin` is http or https. */
  open(origin: string): RelaySession
}
