import { createIds } from '#main/adapters/system/ids.ts'
import type { Clock, Ids } from '#main/engine/ports.ts'
import { createSeededRandom } from './fake-random.ts'

/** Well-formed ids that are the same in every run. */
export function createFakeIds(clock: Pick<Clock, 'now'> = { now: () => Date.UTC(2026, 0, 2, 12) }, seed = 7): Ids {
  return createIds({ clock, random: createSeededRandom(seed) })
}
