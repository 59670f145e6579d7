import { useQuery } from '@tanstack/react-query'
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { refusalOf } from '../platform/api/refusal.ts'
import { useApi } from '../platform/api/session.ts'
import { useShortcuts } from '../platform/browser/shortcuts.ts'
import { openOverlay } from '../platform/overlays.ts'
import { currentProject, FIRST_PROJECT, showProject } from '../platform/current-project.ts'
import { Overlays } from './overlays.tsx'
import { Rail } from './rail.tsx'
import { StatusBar } from './status-bar.tsx'
import { TopBar } from './top-bar/top-bar.tsx'

/** What surrounds every screen. */
export function Frame() {
  const navigate = useNavigate()
  useShortcuts({
    'g i': () => void navigate({ to: '/inbox' }),
    'g d': () => void navigate({ to: '/deliveries' }),
    'g e': () => void navigate({ to: '/endpoints' }),
    'g n': () => void navigate({ to: '/integrations' }),
    'g c': () => void navigate({ to: '/catalog' }),
    'g s': () => void navigate({ to: '/sources' }),
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
        <Outlet />
      </main>
      <StatusBar />
      <Overlays />
    </div>
  )
}

const TITLES: Readonly<Record<string, string>> = {
  inbox: 'Inbox',
  deliveries: 'Deliveries',
  endpoints: 'Endpoints',
  integrations: 'Integrations',
  sources: 'Sources',
  catalog: 'Catalog',
  settings: 'Settings',
}

/** Names the browser's tab after the screen. */
function useTitle(): void {
  const screen = useRouterState({ select: ({ location }) => location.pathname.split('/')[1] ?? '' })
  useEffect(() => {
    const title = TITLES[screen]
    document.title = title === undefined ? 'Hookloop' : `${title} · Hookloop`
  }, [screen])
}

/** A remembered project that is gone gives way to the first one. */
function useLostProject(): void {
  const { error } = useQuery(useApi().system.status.queryOptions({ input: {} }))
  const isLost = error !== null && refusalOf(error).code === 'not_found'
  useEffect(() => {
    if (isLost && currentProject.get() !== FIRST_PROJECT) showProject(FIRST_PROJECT)
  }, [isLost])
}
