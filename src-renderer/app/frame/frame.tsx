import { Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Scope } from '#shared/model/scope.ts'
import { useMay } from '../../platform/api/caller.ts'
import { UnlockGate } from '../../features/unlock/unlock-gate.tsx'
import { NotAllowed } from '../access/not-allowed.tsx'
import { ConnectionNotice } from './connection-notice.tsx'
import { FrameActions } from './frame-actions.tsx'
import { Overlays } from './overlays.tsx'
import { screenOf } from './places.ts'
import { Rail } from './rail.tsx'
import { RestoredBanner } from './restored-banner.tsx'
import { StatusBar } from './status-bar.tsx'
import { TopBar } from '../top-bar/top-bar.tsx'
import { useProjectInAddress } from './use-project-in-address.ts'

/** What surrounds every screen. */
export function Frame() {
  const pathname = useRouterState({ select: ({ location }) => location.pathname })
  // Until the next screen is loaded the last one stays.
  const shownPathname = useRouterState({
    select: ({ location, resolvedLocation = location }) => resolvedLocation.pathname,
  })
  const screen = screenOf(pathname)
  useProjectInAddress()
  useTitle(screen?.name)
  return (
    <div className="grid h-full grid-cols-[184px_minmax(0,1fr)] grid-rows-[44px_minmax(0,1fr)_26px] max-lg:grid-cols-[52px_minmax(0,1fr)]">
      <FrameActions />
      <Rail />
      <TopBar />
      <main aria-label={screenOf(shownPathname)?.name} className="flex min-h-0 min-w-0 flex-col">
        <ConnectionNotice />
        <RestoredBanner />
        <UnlockGate />
        <ScreenPlace scope={screen?.scope ?? undefined} />
      </main>
      <StatusBar />
      <Overlays />
    </div>
  )
}

/** The screen, or why this window may not show it. */
function ScreenPlace({ scope }: { scope: Scope | undefined }) {
  const isAllowed = useMay(scope)
  return scope === undefined || isAllowed ? <Outlet /> : <NotAllowed scope={scope} />
}

/** Names the browser's tab after the screen. */
function useTitle(name: string | undefined): void {
  useEffect(() => {
    document.title = name === undefined ? 'Hookloop' : `${name} · Hookloop`
  }, [name])
}
