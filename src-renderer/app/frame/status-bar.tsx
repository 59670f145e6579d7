import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { KeyRound, Pause } from 'lucide-react'
import type { StatusView } from '#shared/contract/system.ts'
import { LINK_LOOKS } from '../../features/sources/links/link-words.ts'
import { useCaller, useMay } from '../../platform/api/caller.ts'
import { heardAt } from '../../platform/api/live-feed.ts'
import { useApi } from '../../platform/api/session.ts'
import { forgetToken } from '../../platform/api/token.ts'
import { useObservable } from '../../platform/browser/observable.ts'
import { openOverlay } from '../../platform/overlays.ts'
import { formatCount, plural } from '../../ui/format/size.ts'
import { clockTime } from '../../ui/format/time.ts'
import { Dot, useIsAlive } from '../top-bar/live-state.tsx'

const REASONS: Readonly<Record<string, string>> = {
  breaker: 'too many failures in a row',
  gone: 'it answered 410 Gone',
  manual: 'paused by hand',
}

export function StatusBar() {
  const status = useQuery(useApi().system.status.queryOptions({ input: {} })).data
  const isAlive = useIsAlive()
  const lastHeardAt = useObservable(heardAt)
  const paused = status?.pausedEndpoints ?? []
  const [first] = paused
  return (
    <footer className="flex min-w-0 items-center gap-4.5 border-t border-line bg-panel px-3 text-mini whitespace-nowrap text-muted">
      <span
        title={lastHeardAt === null ? undefined : `Last heard at ${clockTime(new Date(lastHeardAt).toISOString())}`}
        className={`flex items-center gap-1.5 ${isAlive ? 'text-ok' : 'text-fail'}`}
      >
        <Dot /> {isAlive ? 'engine' : 'engine does not answer'}
      </span>
      {status !== undefined && (
        <span>
          {formatCount(status.deliveries.scheduled)} due · {formatCount(status.deliveries.delivering)} in flight
        </span>
      )}
      {first !== undefined && (
        <span className="flex min-w-0 items-center gap-1.5 text-held">
          <Pause aria-hidden="true" size={11} strokeWidth={2.5} className="shrink-0" />
          <span className="truncate">
            {plural(paused.length, 'endpoint')} paused: {first.name}, {REASONS[first.reason] ?? first.reason}
          </span>
          <button
            type="button"
            className="rounded font-medium underline underline-offset-2"
            onClick={() => openOverlay({ kind: 'resume', endpointId: first.id, name: first.name })}
          >
            Resume
          </button>
        </span>
      )}
      <Relays />
      {status !== undefined && <Dropped counts={status.droppedConnections} />}
      <span className="grow" />
      <SignedIn />
      {status !== undefined && <span>{status.mode === 'team' ? 'team relay' : 'this machine only'}</span>}
      {status !== undefined && <span>{status.version}</span>}
    </footer>
  )
}

/** How the links to relays stand, the worst one by name; nothing where there are none. */
function Relays() {
  const isAllowed = useMay('sources:read')
  const links = useQuery({ ...useApi().links.list.queryOptions({ input: {} }), enabled: isAllowed }).data?.items ?? []
  const on = links.filter(({ state }) => state !== 'off')
  const worst =
    on.find(({ state }) => state === 'stalled' || state === 'refused') ?? on.find(({ state }) => state !== 'live')
  const shown = worst ?? on[0]
  if (shown === undefined) return null
  const { icon: Icon, tone, word } = LINK_LOOKS[shown.state]
  return (
    <Link
      to="/sources/$sourceId"
      params={{ sourceId: shown.id }}
      title={shown.reason ?? undefined}
      className={`flex min-w-0 items-center gap-1.5 ${tone}`}
    >
      <Icon aria-hidden="true" size={11} strokeWidth={2.5} className="shrink-0" />
      <span className="truncate">
        relay {new URL(shown.url).host} {word}
        {on.length > 1 && `, ${on.length - 1} more`}
      </span>
    </Link>
  )
}

/** With which key this window is signed in; nothing where it may do everything anyway. */
function SignedIn() {
  const caller = useCaller()
  if (caller?.kind !== 'key') return null
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <KeyRound aria-hidden="true" size={11} className="shrink-0" />
      <span className="truncate">{caller.name.replace(/^key:/, 'key ')}</span>
      <button
        type="button"
        className="rounded font-medium underline underline-offset-2"
        onClick={() => {
          forgetToken()
          location.reload()
        }}
      >
        Sign out
      </button>
    </span>
  )
}

/** Connections of the capture port that were not kept; nothing where there were none. */
function Dropped({ counts: { slow, displaced, turnedAway } }: { counts: StatusView['droppedConnections'] }) {
  const parts = [
    ...(slow > 0 ? [`${formatCount(slow)} slow`] : []),
    ...(displaced > 0 ? [`${formatCount(displaced)} idle`] : []),
    ...(turnedAway > 0 ? [`${formatCount(turnedAway)} over the limit`] : []),
  ]
  if (parts.length === 0) return null
  return (
    <span title="Connections of the capture port that were closed or turned away since the start">
      connections dropped: {parts.join(', ')}
    </span>
  )
}
