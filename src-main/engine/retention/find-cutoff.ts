import type { ProjectId } from '#shared/model/ids.ts'
import type { Retention } from '#shared/model/retention.ts'
import type { Clock } from '../ports.ts'
import type { EventPlace, RetentionStore } from './retention-store.ts'
import { pause } from './sweep.ts'

const DAY_MS = 86_400_000
/** So many events are weighed at a time, with a turn for other work in between. */
const PAGE = 500

interface CutoffDeps {
  store: Pick<RetentionStore, 'weigh'>
  clock: Clock
}

/** All that came before this place is more than the rule lets stay; null where nothing is, or where it is stopped. */
export async function findCutoff(
  deps: CutoffDeps,
  projectId: ProjectId,
  { rule, now, isStopped = () => false }: { rule: Retention; now: number; isStopped?: () => boolean },
): Promise<EventPlace | null> {
  const byAge = rule.ageDays === null ? null : { receivedAt: now - rule.ageDays * DAY_MS, key: 0 }
  const bySize =
    rule.events === null && rule.bytes === null ? null : await weighDown(deps, projectId, { ...rule, isStopped })
  return later(byAge, bySize)
}

/** Goes from the newest back until a limit is passed. The newest event itself always stays. */
async function weighDown(
  { store, clock }: CutoffDeps,
  projectId: ProjectId,
  { events, bytes, isStopped }: Retention & { isStopped(): boolean },
): Promise<EventPlace | null> {
  let oldest: EventPlace | null = null
  let count = 0
  let sum = 0
  for (;;) {
    const page = await store.weigh({ projectId, from: oldest, limit: PAGE })
    for (const weighed of page) {
      count += 1
      sum += weighed.bytes
      const isTooMuch = (events !== null && count > events) || (bytes !== null && sum > bytes)
      if (isTooMuch && oldest !== null) return oldest
      oldest = weighed.place
    }
    if (page.length < PAGE || isStopped()) return null
    await pause(clock, 0)
  }
}

function later(one: EventPlace | null, other: EventPlace | null): EventPlace | null {
  if (one === null || other === null) return one ?? other
  const isLater = one.receivedAt > other.receivedAt || (one.receivedAt === other.receivedAt && one.key > other.key)
  return isLater ? one : other
}
