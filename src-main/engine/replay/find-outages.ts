import type { Endpoint } from '#shared/model/endpoint.ts'
import type { FoundOutage } from '#shared/model/replay.ts'
import type { Trouble } from './replay-store.ts'

/** Trouble after so long a quiet belongs to another outage. */
const QUIET_MS = 30 * 60_000
/** More is no suggestion any more. */
const MOST = 5

/**
 * The stretches of time in which an endpoint did not get what was meant for it, the latest first: its troubles, taken
 * together where no long quiet lies between them, and the pause in which it is.
 */
export function findOutages(
  troubles: readonly Trouble[],
  { state, pausedAt }: Pick<Endpoint, 'state' | 'pausedAt'>,
): FoundOutage[] {
  const found: FoundOutage[] = []
  for (const trouble of troubles.toSorted((a, b) => a.at - b.at)) {
    const last = found.at(-1)
    if (last && trouble.at - (last.until ?? 0) <= QUIET_MS) found[found.length - 1] = grown(last, trouble)
    else found.push(grown({ since: trouble.at, until: trouble.at, failed: 0, held: 0 }, trouble))
  }
  if (state === 'paused' && pausedAt !== null) goOn(found, pausedAt)
  return found.toReversed().slice(0, MOST)
}

/** Ends after the event that came last, which is meant too. */
function grown(outage: FoundOutage, { at, state }: Trouble): FoundOutage {
  return { ...outage, until: at + 1, [state]: outage[state] + 1 }
}

/** What is under way since a pause has no end yet. */
function goOn(found: FoundOutage[], pausedAt: number): void {
  const last = found.at(-1)
  if (last && pausedAt - (last.until ?? 0) <= QUIET_MS) found[found.length - 1] = { ...last, until: null }
  else found.push({ since: pausedAt, until: null, failed: 0, held: 0 })
}
