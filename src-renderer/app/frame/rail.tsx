import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Ban } from 'lucide-react'
import { useMay } from '../../platform/api/caller.ts'
import { actionEntry } from '../../platform/actions/action-table.ts'
import { keyFace } from '../../platform/actions/keys.ts'
import { useApi } from '../../platform/api/session.ts'
import { formatCount } from '../../ui/format/size.ts'
import { Brand } from '../brand.tsx'
import { type Place, RAIL } from './places.ts'

const MOST_UNREAD = 1_000

interface Count {
  words: string
  isBad?: boolean
}

/** How many replays send; those that only wait for an endpoint to be resumed do not. */
function useRunningReplays(): number {
  const replays = useQuery(useApi().replays.list.queryOptions({ input: { limit: 20 } })).data?.items ?? []
  return replays.filter(({ state, held, waiting }) => state === 'running' && (waiting === 0 || held < waiting)).length
}

/** What there is to tell of a place: how much it holds, or what is the matter there. */
function useCounts(): Partial<Record<Place['to'], Count | undefined>> {
  const api = useApi()
  const status = useQuery(api.system.status.queryOptions({ input: {} })).data
  const sources = useQuery(api.sources.list.queryOptions({ input: {} })).data
  const rules = useQuery(api.alerts.list.queryOptions({ input: {} })).data?.items ?? []
  const vault = useQuery(api.vault.vault.status.queryOptions({ input: {} })).data
  const running = useRunningReplays()
  const raised = rules.filter(({ state, enabled }) => enabled && state === 'raised').length
  const due = (status?.deliveries.scheduled ?? 0) + (status?.deliveries.delivering ?? 0)
  const failed = status?.deliveries.failed ?? 0
  const locked = vault?.locked ?? 0
  return {
    '/inbox': status && inboxCount(status),
    '/deliveries': due > 0 ? { words: `${formatCount(due)} due` } : undefined,
    '/dead-letters': failed > 0 ? { words: formatCount(failed), isBad: true } : undefined,
    '/endpoints': status && { words: formatCount(status.endpoints) },
    '/sources': sources && { words: formatCount(sources.items.length) },
    '/replays': running > 0 ? { words: `${running} running` } : undefined,
    '/alerts': raised > 0 ? { words: `${raised} raised`, isBad: true } : undefined,
    '/vault': locked > 0 ? { words: `${formatCount(locked)} locked`, isBad: true } : undefined,
  }
}

/** What nobody has looked at, and else how much there is; the engine counts so many unread ones at most. */
function inboxCount({ events, unread }: { events: number; unread: number }): Count {
  if (unread === 0) return { words: formatCount(events) }
  return { words: `${formatCount(Math.min(unread, MOST_UNREAD - 1))}${unread >= MOST_UNREAD ? '+' : ''} unread` }
}

export function Rail() {
  const counts = useCounts()
  return (
    <nav
      aria-label="Screens"
      className="row-span-3 flex flex-col overflow-y-auto border-r border-line bg-panel px-2 py-2.5"
    >
      <div className="px-2 pt-1 pb-3">
        <Brand />
      </div>
      {RAIL.map((places) => (
        <div
          key={places[0].to}
          className="flex flex-col gap-px border-line not-first-of-type:mt-1.5 not-first-of-type:pt-1.5 [&+&]:border-t"
        >
          {places.map((place) => (
            <RailLink key={place.to} place={place} count={counts[place.to]} />
          ))}
        </div>
      ))}
    </nav>
  )
}

function RailLink({ place: { to, action, icon, scope }, count }: { place: Place; count: Count | undefined }) {
  const isAllowed = useMay(scope ?? undefined)
  const { name, keys } = actionEntry(action)
  const Icon = isAllowed ? icon : Ban
  const words = count === undefined ? name : `${name}: ${count.words}`
  return (
    <Link
      to={to}
      title={isAllowed ? `${words} (${keyFace(keys?.[0] ?? '')})` : `${name}: this key may not see it`}
      className="flex items-center gap-2 rounded-md px-2 py-1 text-muted hover:text-text data-[status=active]:bg-raise data-[status=active]:text-text"
    >
      <Icon aria-hidden="true" size={15} strokeWidth={1.75} className="shrink-0" />
      <span className="grow max-lg:sr-only">{name}</span>
      {count !== undefined && (
        <span className={`text-mini max-lg:sr-only ${count.isBad === true ? 'text-fail' : 'text-faint'}`}>
          {count.words}
        </span>
      )}
    </Link>
  )
}
