import { useQuery } from '@tanstack/react-query'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Scope } from '#shared/model/scope.ts'
import { refusalOf } from '../../platform/api/refusal.ts'
import { useCaller, useMay } from '../../platform/api/caller.ts'
import { useApi } from '../../platform/api/session.ts'
import { currentProject, FIRST_PROJECT, showProject } from '../../platform/current-project.ts'
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

/** What surrounds every screen. */
export function Frame() {
  const pathname = useRouterState({ select: ({ location }) => location.pathname })
  const screen = screenOf(pathname)
  useLostProject()
  useTitle(screen?.name)
  return (
    <div className="grid h-full grid-cols-[184px_minmax(0,1fr)] grid-rows-[44px_minmax(0,1fr)_26px] max-lg:grid-cols-[52px_minmax(0,1fr)]">
      <FrameActions />
      <Rail />
      <TopBar />
      <main className="flex min-h-0 min-w-0 flex-col">
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
