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
   * What to claim at `now`: of each lane what it is sure of, and of `budget` in all what it has room for besides, dealt out
   * in turns so that none takes all. The lanes chosen forget their due time: the claim tells the new one.
   */
  choose(now: number, budget: number, roomOf: RoomOf): { lane: Lane; limit: number }[]
  began(lane: Lane): void
  ended(lane: Lane): void
  /** When the next lane is due that could be served with `budget`; null for none. */
  nextDueAt(budget: number, roomOf: RoomOf): number | null
}

/** How many more a lane may start: `sure` whatever else goes on, `more` where the whole has room. */
export interface Room {
  sure: number
  more: number
}

/** Null where a lane may not be served at all: what is known of it is dropped until it is woken again. */
export type RoomOf = (lane: Lane, inFlight: number) => Room | null

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
  function room(lane: Lane, entry: LaneEntry, roomOf: RoomOf): Room {
    const found = roomOf(lane, entry.inFlight)
    if (found) return found
    entry.dueAt = null
    tidy(lane, entry)
    return { sure: 0, more: 0 }
  }

  return {
    wake(lane, dueAt) {
      change(lane, (entry) => {
        entry.dueAt = Math.min(entry.dueAt ?? dueAt, dueAt)
      })
    },
    choose(now, budget, roomOf) {
      const due = [...lanes]
        .filter(([, entry]) => entry.dueAt !== null && entry.dueAt <= now)
        .map(([lane, entry]) => ({ lane, entry, ...room(lane, entry, roomOf) }))
      const sure = due.reduce((sum, one) => sum + one.sure, 0)
      const shares = deal(
        due.map(({ more }) => more),
        budget - sure,
      )
      const chosen = due
        .map((one, index) => ({ ...one, limit: one.sure + (shares[index] ?? 0) }))
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
    nextDueAt(budget, roomOf) {
      let next: number | null = null
      for (const [lane, entry] of lanes) {
        if (entry.dueAt === null || (next !== null && entry.dueAt >= next)) continue
        const { sure, more } = room(lane, entry, roomOf)
        if (sure > 0 || (more > 0 && budget > 0)) next = entry.dueAt
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
