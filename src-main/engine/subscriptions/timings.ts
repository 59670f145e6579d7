/** When the ends of a link show that they are there, and when each gives the other up. */
export interface LinkTimings {
  /** How often each end shows that it is alive. */
  heartbeatMs: number
  /** After so long without a sign the other end counts as gone: with it both know of a dead link within 15 s. */
  silenceMs: number
  /** A member of a group that is there has so long to acknowledge an event before another one gets it. */
  loanMs: number
}

export const LINK_TIMINGS: LinkTimings = { heartbeatMs: 5_000, silenceMs: 12_000, loanMs: 60_000 }
