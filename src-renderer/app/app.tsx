import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import type { FeedItem } from '#shared/contract/feed.ts'
import { createFeedApplier } from '../platform/api/apply-feed.ts'
import type { Carrier } from '../platform/api/carrier.ts'
import { followFeed } from '../platform/api/live-feed.ts'
import { createSession, type Session, SessionContext } from '../platform/api/session.ts'
import { forgetToken } from '../platform/api/token.ts'
import { useObservable } from '../platform/browser/observable.ts'
import { Toasts } from '../ui/feedback/toast.tsx'
import { noticeAlerts } from './alert-notices.ts'
import { askEarly } from './ask-early.ts'
import { currentProject } from '../platform/current-project.ts'
import { router } from './router.tsx'
import { SignInPage } from './access/sign-in-page.tsx'

/** The window, once it is known how to reach the engine; without a way in, the page that says how. */
export function App({ carrier }: { carrier: Carrier | null }) {
  const project = useObservable(currentProject)
  const [refused, setRefused] = useState<Carrier | null>(null)
  const session = useMemo(() => {
    if (carrier === null) return null
    const opened = createSession(carrier, project, () => {
      forgetToken()
      setRefused(carrier)
    })
    askEarly(opened)
    return opened
  }, [carrier, project])
  if (session === null || refused === carrier) return <SignInPage wasRefused={refused !== null} />
  return (
    <SessionContext value={session}>
      <QueryClientProvider key={project} client={session.queries}>
        <Live session={session} />
        <RouterProvider router={router} />
        <Toasts />
      </QueryClientProvider>
    </SessionContext>
  )
}

/** Follows the feed of a session for as long as it is shown. */
function Live({ session }: { session: Session }) {
  useEffect(() => {
    const ending = new AbortController()
    const apply = createFeedApplier(session)
    const take = (items: readonly FeedItem[]): void => {
      apply(items)
      noticeAlerts(items)
    }
    void followFeed(session, take, ending.signal)
    return () => ending.abort()
  }, [session])
  return null
}
