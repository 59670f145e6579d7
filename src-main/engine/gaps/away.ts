import type { Run } from '../ports.ts'
import type { Stretch } from './silences.ts'

/** Between two runs so close together nothing is missed: senders try again. */
const SHORTEST_MS = 5_000

/** When the program did not run, as far as its runs tell: before the first of them nothing is known. `runs` oldest first. */
export function awayBetween(runs: readonly Run[]): Stretch[] {
  return runs
    .slice(1)
    .map(({ startedAt }, at) => ({ since: runs[at]!.aliveAt, until: startedAt }))
    .filter(({ since, until }) => until - since >= SHORTEST_MS)
}
