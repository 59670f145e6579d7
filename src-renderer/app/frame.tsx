import { useQuery } from '@tanstack/react-query'
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { refusalOf } from '../platform/api/refusal.ts'
import { useCaller, useMay } from '../platform/api/caller.ts'
import { useApi } from '../platform/api/session.ts'
import { useShortcuts } from '../platform/browser/shortcuts.ts'
import { openOverlay } from '../platform/overlays.ts'
import { currentProject, FIRST_PROJECT, showProject } from '../platform/current-project.ts'
import { NotAllowed } from './access/not-allowed.tsx'
import { Overlays } from './overlays.tsx'
import { Rail } from './rail.tsx'
import { RestoredBanner } from './restored-banner.tsx'
import { SCREEN_SCOPES } from './access/screen-scopes.ts'
import { StatusBar } from './status-bar.tsx'
import { TopBar } from './top-bar/top-bar.tsx'

/** What surrounds every screen. */
export function Frame() {
  const navigate = useNavigate()
  useShortcuts({
    'g i': () => void navigate({ to: '/inbox' }),
    'g d': () => void navigate({ to: '/deliveries' }),
    'g x': () => void navigate({ to: '/dead-letters' }),
    'g l': () => void navigate({ to: '/alerts' }),
    'g e': () => void navigate({ to: '/endpoints' }),
    'g n': () => void navigate({ to: '/integrations' }),
    'g c': () => void navigate({ to: '/catalog' }),
    'g w': () => void navigate({ to: '/workflows' }),
    'g s': () => void navigate({ to: '/sources' }),
    'g k': () => void navigate({ to: '/keys' }),
    'g v': () => void navigate({ to: '/vault' }),
    'g a': () => void navigate({ to: '/activity' }),
    'g ,': () => void navigate({ to: '/settings' }),
    '?': () => openOverlay({ kind: 'shortcuts' }),
  })
  useLostProject()
  useTitle()
  return (
    <div className="grid h-full grid-cols-[184px_minmax(0,1fr)] grid-rows-[44px_minmax(0,1fr)_26px] max-lg:grid-cols-[52px_minmax(0,1fr)]">
      <Rail />
      <TopBar />
      <main className="flex min-h-0 min-w-0 flex-col">
        <RestoredBanner />
        <Screen />
      </main>
      <StatusBar />
      <Overlays />
    </div>
  )
}

/** The screen, or why this window may not show it. */
function Screen() {
  const scope = SCREEN_SCOPES[useScreenName()]
  const isAllowed = useMay(scope)
  return scope === undefined || isAllowed ? <Outlet /> : <NotAllowed scope={scope} />
}

function useScreenName(): string {
  return useRouterState({ select: ({ location }) => location.pathname.split('/')[1] ?? '' })
}

const TITLES: Readonly<Record<string, string>> = {
  inbox: 'Inbox',
  compare: 'Comparison',
  deliveries: 'Deliveries',
  'dead-letters': 'Dead letters',
  alerts: 'Alerts',
  endpoints: 'Endpoints',
  integrations: 'Integrations',
  sources: 'Sources',
  catalog: 'Catalog',
  workflows: 'Workflows',
  keys: 'Keys',
  vault: 'Vault',
  activity: 'Activity',
  settings: 'Settings',
}

/** Names the browser's tab after the screen. */
function useTitle(): void {
  const screen = useScreenName()
  useEffect(() => {
    const title = TITLES[screen]
    document.title = title === undefined ? 'Hookloop' : `${title} · Hookloop`
  }, [screen])
}

/** A remembered project that is gone gives way to the first one, and any to the one that a key is bound to. */
function useLostProject(): void {
  const own = useCaller()?.project ?? null
  const { error } = useQuery(useApi().system.status.queryOptions({ input: {} }))
  const isLost = error !== null && refusalOf(error).code === 'not_found'
  useEffect(() => {
    const shown = currentProject.get()
    if (own !== null && shown !== own) showProject(own)
    else if (isLost && own === null && shown !== FIRST_PROJECT) showProject(FIRST_PROJECT)
  }, [isLost, own])
}
