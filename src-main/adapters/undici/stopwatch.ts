import type { Timings } from '#shared/model/attempt.ts'
import type { Phase } from '#shared/model/failure.ts'
import type { ConnectStage } from './dial/dial.ts'

/** Follows one exchange through its phases and times them. */
export interface Stopwatch {
  phase(): Phase
  stage(stage: ConnectStage): void
  sent(): void
  /** The first byte of the answer. */
  answered(): void
  isAnswered(): boolean
  headersRead(): void
  timings(): Timings
}

const PHASE_OF_STAGE = { dns: 'dns', connect: 'connect', tls: 'tls', ready: 'send' } as const

/** Ms to three places: further ones are noise, and are kept with every attempt. */
const inMicroseconds = (ms: number): number => Math.round(ms * 1_000) / 1_000

/** `now` is monotonic, in ms. */
export function startStopwatch(now: () => number): Stopwatch {
  const startedAt = now()
  const marks: Partial<Record<ConnectStage | 'answered', number>> = {}
  let phase: Phase = 'send'

  /** Ms from one mark to another; null where the first was never reached, up to now where only the second was not. */
  function between(from: number | undefined, to: number | undefined): number | null {
    return from === undefined ? null : inMicroseconds((to ?? now()) - from)
  }

  return {
    phase: () => phase,
    stage(stage) {
      marks[stage] ??= now()
      phase = PHASE_OF_STAGE[stage]
    },
    sent() {
      if (phase === 'send') phase = 'headers'
    },
    answered() {
      marks.answered ??= now()
      phase = 'headers'
    },
    isAnswered: () => marks.answered !== undefined,
    headersRead() {
      phase = 'body'
    },
    timings() {
      const { dns, connect, tls, ready, answered } = marks
      const waitingFrom = ready ?? (dns === undefined && connect === undefined ? startedAt : undefined)
      return {
        dnsMs: between(dns, connect),
        connectMs: between(connect, tls ?? ready),
        tlsMs: between(tls, ready),
        firstByteMs: answered === undefined ? null : between(waitingFrom, answered),
        bodyMs: between(answered, undefined),
        totalMs: inMicroseconds(now() - startedAt),
      }
    },
  }
}
