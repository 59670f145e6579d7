/** Wrong credentials that an address may send in a window before it is turned away. */
const MOST_FAILURES = 30
const WINDOW_MS = 60_000
/** So that a crowd of addresses cannot fill the memory; the oldest give way. */
const MOST_ADDRESSES = 10_000

/**
 * Counts wrong credentials by address. Nobody guesses a key of 160 random bits: this keeps those who try from costing work
 * and filling the log. Whoever has a right one is never asked here, so that no neighbour can lock them out.
 */
export interface Lockout {
  /** Notes one at `now` (ms, never going back); 0, or the ms for which the address is turned away. */
  fail(address: string, now: number): number
}

export function createLockout(onLocked: (address: string) => void): Lockout {
  const failures = new Map<string, { since: number; count: number }>()

  return {
    fail(address, now) {
      const place = placeOf(address)
      const known = failures.get(place)
      const current = known && now - known.since < WINDOW_MS ? known : { since: now, count: 0 }
      current.count += 1
      failures.delete(place)
      failures.set(place, current)
      const [oldest] = failures.keys()
      if (failures.size > MOST_ADDRESSES && oldest !== undefined) failures.delete(oldest)
      if (current.count === MOST_FAILURES + 1) onLocked(place)
      return current.count > MOST_FAILURES ? current.since + WINDOW_MS - now : 0
    },
  }
}

/** One household has as many IPv6 addresses as it wants: its network counts as one. */
function placeOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address
  const [head = '', tail] = address.split('::')
  const groups = head.split(':')
  if (tail === undefined) return groups.slice(0, 4).join(':')
  const zeros = 8 - groups.length - tail.split(':').length
  return [...groups, ...Array.from({ length: Math.max(zeros, 0) }, () => '0'), ...tail.split(':')].slice(0, 4).join(':')
}
