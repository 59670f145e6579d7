import type { DeliveryState } from '#shared/model/delivery.ts'

/** Every move that a delivery can make; there are no others. */
const MOVES: Readonly<Record<DeliveryState, readonly DeliveryState[]>> = {
  /** Claimed, put on hold with its endpoint, or given up by a person. */
  scheduled: ['delivering', 'held', 'canceled'],
  /** An attempt ended, or was given back. Canceled where its endpoint was deleted meanwhile. */
  delivering: ['succeeded', 'failed', 'scheduled', 'held', 'canceled', 'simulated'],
  held: ['scheduled', 'canceled'],
  /** Retried by hand: at once, or held while its endpoint is paused. */
  failed: ['scheduled', 'held'],
  simulated: ['scheduled', 'held'],
  succeeded: [],
  canceled: [],
}

export function canMove(from: DeliveryState, to: DeliveryState): boolean {
  return MOVES[from].includes(to)
}

/** Nothing more happens to it by itself. */
export function isFinal(state: DeliveryState): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'canceled' || state === 'simulated'
}
