import type { Lane } from '../../ports/delivery-store.ts'

interface LaneEntry {
  /** When its earliest delivery that we know of is due; null for none. */
  dueAt: number | null
  inFlight: number
}

export interface LaneTable {
  /** A delivery of the lane is due at `dueAt`; an earlier known one stays. */
  wake(lane: Lane, dueAt: number): void
  /**
   * What to claim at `now`: at most `budget` in all and `slots(lane, inFlight)` of each, dealt out one by one so that none
   * takes all. The lanes chosen forget their due time: the claim tells the new one.
   */
  choose(now: number, budget: number, slots: Slots): { lane: Lane; limit: number }[]
  began(lane: Lane): void
  ended(lane: Lane): void
  /** When the next lane that has room is due; null for none. */
  nextDueAt(slots: Slots): number | null
}

/** How many more a lane may start; null drops what is known of it until it is woken again. */
export type Slots = (lane: Lane, inFlight: number) => number | null

export function createLaneTable(): LaneTable {
  /** Those served last stand last. */
  const lanes = new Map<Lane, LaneEntry>()

  function tidy(lane: Lane, entry: LaneEntry): void {
    if (entry.dueAt === null && entry.inFlight === 0) lanes.delete(lane)
  }

  function change(lane: Lane, apply: (entry: LaneEntry) => void): void {
    const entry = lanes.get(lane) ?? { dueAt: null, inFlight: 0 }
    apply(entry)
    lanes.set(lane, entry)
    tidy(lane, entry)
  }

  /** The room of a lane, dropping its due time where it may not be served at all. */
  function room(lane: Lane, entry: LaneEntry, slots: Slots): number {
    const free = slots(lane, entry.inFlight)
    if (free !== null) return free
    entry.dueAt = null
    tidy(lane, entry)
    return 0
  }

  return {
    wake(lane, dueAt) {
      change(lane, (entry) => {
        entry.dueAt = Math.min(entry.dueAt ?? dueAt, dueAt)
      })
    },
    choose(now, budget, slots) {
      const due = [...lanes]
        .filter(([, entry]) => entry.dueAt !== null && entry.dueAt <= now)
        .map(([lane, entry]) => ({ lane, entry, room: room(lane, entry, slots) }))
        .filter(({ room: free }) => free > 0)
      const shares = deal(
        due.map(({ room: free }) => free),
        budget,
      )
      const chosen = due
        .map(({ lane, entry }, index) => ({ lane, entry, limit: shares[index] ?? 0 }))
        .filter(({ limit }) => limit > 0)
      for (const { lane, entry } of chosen) {
        entry.dueAt = null
        lanes.delete(lane)
        lanes.set(lane, entry)
      }
      return chosen.map(({ lane, limit }) => ({ lane, limit }))
    },
    began: (lane) => change(lane, (entry) => void (entry.inFlight += 1)),
    ended: (lane) => change(lane, (entry) => void (entry.inFlight -= 1)),
    nextDueAt(slots) {
      let next: number | null = null
      for (const [lane, entry] of [...lanes]) {
        if (entry.dueAt === null || (next !== null && entry.dueAt >= next)) continue
        if (room(lane, entry, slots) > 0) next = entry.dueAt
      }
      return next
    },
  }
}

/** Deals out `budget` among wishes in equal shares; what one does not want goes to the others. */
function deal(wishes: readonly number[], budget: number): number[] {
  const shares = wishes.map(() => 0)
  let left = budget
  let open = wishes.map((_, index) => index)
  while (left > 0 && open.length > 0) {
    const each = Math.max(1, Math.floor(left / open.length))
    for (const index of open) {
      const extra = Math.min(each, left, (wishes[index] ?? 0) - (shares[index] ?? 0))
      shares[index] = (shares[index] ?? 0) + extra
      left -= extra
    }
    open = open.filter((index) => (shares[index] ?? 0) < (wishes[index] ?? 0))
  }
  return shares
}
