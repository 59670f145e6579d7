import type { Lane, LaneClaim } from '../../../ports/delivery-store.ts'
import { deal } from './deal.ts'

interface LaneEntry {
  /** When its earliest delivery that we know of is due; null for none. */
  dueAt: number | null
  inFlight: number
}

/** What a lane may start now. */
export interface Room {
  /** How many whatever else goes on. */
  sure: number
  /** How many besides, where the whole has room. */
  more: number
  /** How long it must wait for its own pace before it may start any. */
  waitMs?: number
  /** One after the other. */
  ordered?: boolean
}

/** Null where a lane may not be served at all: what is known of it is dropped until it is woken again. */
export type RoomOf = (lane: Lane, inFlight: number) => Room | null

export interface LaneTable {
  /** A delivery of the lane is due at `dueAt`, or its room may have changed; an earlier known due time stays. */
  wake(lane: Lane, dueAt: number): void
  /**
   * What to claim at `now`: of each lane what it is sure of, and of `budget` in all what it has room for besides, dealt out
   * in turns so that none takes all. The lanes chosen forget their due time: the claim tells the new one.
   */
  choose(now: number, budget: number, roomOf: RoomOf): LaneClaim[]
  /** Looks at a full lane again: its room may have grown. */
  reopen(lane: Lane): void
  began(lane: Lane): void
  ended(lane: Lane): void
  /** In how many ms `choose` may find something; null where only an end or a wake can change that. */
  nextIn(now: number, roomOf: RoomOf): number | null
  /** Forgets every due time, to be told all anew. */
  forgetDue(): void
}

/**
 * Only lanes in `open` are looked at: one that is full comes back when an attempt of it ends, one that waits for the whole
 * when the whole has room. Thousands of lanes that wait for their receivers cost nothing this way.
 */
export function createLaneTable(): LaneTable {
  const lanes = new Map<Lane, LaneEntry>()
  /** Those served last stand last. */
  const open = new Map<Lane, LaneEntry>()
  const starved = new Map<Lane, LaneEntry>()

  function change(lane: Lane, apply: (entry: LaneEntry) => void): void {
    const entry = lanes.get(lane) ?? { dueAt: null, inFlight: 0 }
    apply(entry)
    lanes.set(lane, entry)
    starved.delete(lane)
    if (entry.dueAt !== null) open.set(lane, entry)
    tidy(lane, entry)
  }

  function tidy(lane: Lane, entry: LaneEntry): void {
    if (entry.dueAt !== null) return
    open.delete(lane)
    starved.delete(lane)
    if (entry.inFlight === 0) lanes.delete(lane)
  }

  function drop(lane: Lane, entry: LaneEntry): void {
    entry.dueAt = null
    tidy(lane, entry)
  }

  /** What is due and may be served, with its room. */
  function candidates(now: number, budget: number, roomOf: RoomOf) {
    const found = []
    for (const [lane, entry] of open) {
      if (entry.dueAt! > now) continue
      const room = roomOf(lane, entry.inFlight)
      if (room === null) drop(lane, entry)
      else if ((room.waitMs ?? 0) > 0) continue
      else if (room.sure + room.more === 0) open.delete(lane)
      else if (room.sure === 0 && budget <= 0) {
        open.delete(lane)
        starved.set(lane, entry)
      } else found.push({ lane, entry, room })
    }
    return found
  }

  return {
    wake: (lane, dueAt) =>
      change(lane, (entry) => {
        entry.dueAt = Math.min(entry.dueAt ?? dueAt, dueAt)
      }),

    choose(now, budget, roomOf) {
      if (budget > 0) for (const [lane, entry] of starved) open.set(lane, entry)
      if (budget > 0) starved.clear()
      const due = candidates(now, budget, roomOf)
      const sure = due.reduce((sum, { room }) => sum + room.sure, 0)
      const wishes = due.map(({ room }) => room.more)
      const shares = deal(wishes, budget - sure)
      const chosen = due
        .map(({ lane, entry, room }, index) => {
          const limit = room.sure + (shares[index] ?? 0)
          return { lane, entry, limit, ordered: room.ordered ?? false }
        })
        .filter(({ limit }) => limit > 0)
      for (const { lane, entry } of chosen) drop(lane, entry)
      return chosen.map(({ lane, limit, ordered }) => ({ lane, limit, ordered }))
    },

    reopen: (lane) => change(lane, () => {}),
    began: (lane) => change(lane, (entry) => void (entry.inFlight += 1)),
    ended: (lane) => change(lane, (entry) => void (entry.inFlight -= 1)),

    nextIn(now, roomOf) {
      let next: number | null = null
      for (const [lane, entry] of open) {
        const paced = entry.dueAt! <= now ? (roomOf(lane, entry.inFlight)?.waitMs ?? 0) : 0
        const waitMs = Math.max(0, entry.dueAt! - now, paced)
        if (next === null || waitMs < next) next = waitMs
      }
      return next
    },

    forgetDue() {
      for (const [lane, entry] of lanes) drop(lane, entry)
    },
  }
}
