import { useQuery } from '@tanstack/react-query'
import type { FoundOutageView } from '#shared/contract/replays.ts'
import { useApi } from '../../../platform/api/session.ts'
import { plural } from '../../../ui/format/size.ts'
import { fullTime, shortDay, shortTime, stretchWords } from '../../../ui/format/time.ts'
import type { TimeRange } from '../bulk/time-range.ts'
import { rangeOf } from './recovery-draft.ts'

/** What is known of an endpoint's outages. */
export function useOutages(endpointId: string | undefined): readonly FoundOutageView[] | undefined {
  return useQuery(
    useApi().replays.outages.queryOptions({ input: { id: endpointId ?? '' }, enabled: endpointId !== undefined }),
  ).data?.items
}

function whenWords({ since, until }: FoundOutageView): string {
  const from = Date.parse(since)
  if (until === null) return `since ${shortDay(from)} ${shortTime(from)}, and it goes on`
  return stretchWords(from, Date.parse(until))
}

function whatWords({ failed, held }: FoundOutageView): string {
  const words = [failed > 0 ? `${plural(failed, 'event')} failed` : '', held > 0 ? `${plural(held, 'event')} held` : '']
  return words.filter((word) => word !== '').join(', ') || 'paused; nothing is held yet'
}

/** The stretches of trouble that are known, to be chosen in place of typing a time. */
export function OutageSuggestions({
  outages,
  chosen,
  onChoose,
}: {
  outages: readonly FoundOutageView[]
  chosen: TimeRange
  onChoose: (range: TimeRange) => void
}) {
  if (outages.length === 0) {
    return (
      <p className="text-small text-muted">
        No event is known that failed or is held for it. Choose the time yourself: what it missed is found by the events
        that came then.
      </p>
    )
  }
  return (
    <ul aria-label="Known outages" className="flex flex-col gap-1">
      {outages.map((outage) => {
        const range = rangeOf(outage)
        const isChosen = range.since === chosen.since && range.until === chosen.until
        return (
          <li key={outage.since}>
            <button
              type="button"
              aria-pressed={isChosen}
              title={`${fullTime(outage.since)} to ${outage.until === null ? 'now' : fullTime(outage.until)}`}
              onClick={() => onChoose(range)}
              className="flex w-full items-baseline gap-3 rounded border border-line px-2.5 py-1 text-left hover:border-faint aria-pressed:border-accent aria-pressed:bg-accent-soft"
            >
              <span>{whenWords(outage)}</span>
              <span className="ml-auto text-small text-muted">{whatWords(outage)}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
