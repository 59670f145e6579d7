import type { Clock } from '../../../ports/system.ts'
import type { Lane } from '../../../ports/delivery-store.ts'

/** After a pause or a sleep a lane begins at this rate and doubles it, so that no receiver meets a stampede. */
const RAMP_START_PER_SECOND = 10
const RAMP_DOUBLES_EVERY_MS = 5_000
const RAMP_END_PER_SECOND = 1_000
const RAMP_MS = RAMP_DOUBLES_EVERY_MS * Math.ceil(Math.log2(RAMP_END_PER_SECOND / RAMP_START_PER_SECOND))
/** Attempts closer together than this begin together: timers are no finer. */
const TICK_MS = 20

/** How many attempts may begin now; where none, how long to wait. */
export interface PaceRoom {
  free: number
  waitMs: number
}

/** Spreads the attempts of each lane evenly over time, by its rate and by the ramp after a pause. */
export interface Pace {
  room(lane: Lane, ratePerSecond: number | null): PaceRoom
  /** `count` attempts of the lane begin now. */
  took(lane: Lane, count: number, ratePerSecond: number | null): void
  /** Begins the ramp of a lane, or of every lane. */
  ramp(lane: Lane | 'every'): void
  forget(lane: Lane): void
}

const UNBOUND: PaceRoom = { free: Number.POSITIVE_INFINITY, waitMs: 0 }

export function createPace(clock: Pick<Clock, 'monotonic'>): Pace {
  const nextAt = new Map<Lane, number>()
  const rampSince = new Map<Lane | 'every', number>()

  function rampOf(lane: Lane): number {
    const since = Math.max(rampSince.get(lane) ?? -Infinity, rampSince.get('every') ?? -Infinity)
    const rate = RAMP_START_PER_SECOND * 2 ** Math.floor((clock.monotonic() - since) / RAMP_DOUBLES_EVERY_MS)
    if (rate < RAMP_END_PER_SECOND) return rate
    rampSince.delete(lane)
    if (clock.monotonic() - (rampSince.get('every') ?? 0) >= RAMP_MS) rampSince.delete('every')
    return Number.POSITIVE_INFINITY
  }

  function rateOf(lane: Lane, ratePerSecond: number | null): number {
    const own = ratePerSecond ?? Number.POSITIVE_INFINITY
    return rampSince.size === 0 ? own : Math.min(own, rampOf(lane))
  }

  function room(lane: Lane, ratePerSecond: number | null): PaceRoom {
    const rate = rateOf(lane, ratePerSecond)
    if (!Number.isFinite(rate)) {
      nextAt.delete(lane)
      return UNBOUND
    }
    const sinceNextMs = clock.monotonic() - (nextAt.get(lane) ?? -Infinity)
    if (sinceNextMs < 0) return { free: 0, waitMs: -sinceNextMs }
    const together = Math.max(1, Math.floor((rate * TICK_MS) / 1_000))
    return { free: Math.min(together, Math.floor((sinceNextMs * rate) / 1_000) + 1), waitMs: 0 }
  }

  return {
    room,
    took(lane, count, ratePerSecond) {
      const rate = rateOf(lane, ratePerSecond)
      if (!Number.isFinite(rate) || count === 0) return
      const now = clock.monotonic()
      const planned = nextAt.get(lane) ?? -Infinity
      // A timer that came a little late makes none of the next ones late.
      const from = now - planned <= TICK_MS ? planned : now
      nextAt.set(lane, from + (count * 1_000) / rate)
    },
    ramp(lane) {
      rampSince.set(lane, clock.monotonic())
    },
    forget(lane) {
      nextAt.delete(lane)
      rampSince.delete(lane)
    },
  }
}
