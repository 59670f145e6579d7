import type { MoveCounts } from '../../writing/move-counts.ts'
import type { HeldRows } from './held-rows.ts'

/** What the steps of attempts share in memory. */
export interface Attempting {
  held: HeldRows
  moves: MoveCounts
}
