import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useApi } from '../../platform/api/session.ts'
import { plural } from '../../ui/format/size.ts'
import { type ComposeDraft, composeInput } from './compose-draft.ts'
import { useSettled } from './use-settled.ts'

const SETTLES_MS = 300

/** Where a draft would go as things stand, and where it does not fit its type. */
export function WouldGo({ draft }: { draft: ComposeDraft }) {
  const settled = useSettled(draft, SETTLES_MS)
  const input = composeInput(settled)
  const { data } = useQuery(
    useApi().events.takers.queryOptions({
      input,
      enabled: input.type !== '',
      placeholderData: keepPreviousData,
      // What takes it changes with endpoints, which nobody tells of here.
      staleTime: 0,
      gcTime: 10_000,
    }),
  )
  if (settled.type.trim() === '') return <p className="text-muted">Name its type to see where it would go.</p>
  if (data === undefined) return <p className="text-muted">Looking where it would go …</p>
  const { items, findings } = data
  const breaks = findings?.filter((finding) => finding.breaks) ?? []
  return (
    <div role="status" className="flex flex-col gap-2">
      {items.length === 0 ? (
        <p className="border-l-2 border-retry bg-retry/9 px-2.5 py-1.5">
          No endpoint takes it: it would only be kept.{' '}
          <Link to="/endpoints" className="text-accent underline underline-offset-2">
            See the endpoints
          </Link>
        </p>
      ) : (
        <div>
          <p>It would go to {plural(items.length, 'endpoint')}:</p>
          <ul className="mt-1 flex flex-col gap-0.5">
            {items.map(({ id, name, isPaused }) => (
              <li key={id} className="flex gap-2">
                <Link
                  to="/endpoints/$endpointId"
                  params={{ endpointId: id }}
                  className="truncate underline decoration-line underline-offset-2 hover:decoration-current"
                >
                  {name}
                </Link>
                {isPaused && <span className="shrink-0 text-held">paused: held</span>}
              </li>
            ))}
          </ul>
        </div>
      )}
      {breaks.length > 0 && (
        <div className="border-l-2 border-retry bg-retry/9 px-2.5 py-1.5">
          <p>It does not fit the schema of its type; it can be sent all the same.</p>
          <ul className="mt-1 flex flex-col gap-0.5 text-small">
            {breaks.slice(0, MOST_SHOWN).map(({ path, expected, found }, index) => (
              <li key={index} className="break-words">
                <span className="mono">{path}</span>: expected {expected ?? 'nothing'}, found {found ?? 'nothing'}
              </li>
            ))}
            {breaks.length > MOST_SHOWN && <li className="text-muted">and {breaks.length - MOST_SHOWN} more</li>}
          </ul>
        </div>
      )}
    </div>
  )
}

const MOST_SHOWN = 6
