import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { notifyManager, QueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { Contract } from '#shared/contract/index.ts'
import { type Carrier, createLink } from './carrier.ts'
import { isRefusal } from './refusal.ts'

export type ApiClient = ContractRouterClient<Contract>

function createQueryClient(): QueryClient {
  // By a timer, as it is otherwise, an answer is drawn after whatever else the page has to do.
  notifyManager.setScheduler(queueMicrotask)
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The feed says what changed, so nothing grows stale by itself.
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        retry: (count, error) => count < 2 && !isRefusal(error),
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  })
}

/** The API and the one copy of its answers, for one project. Another project is another session. */
export function createSession(carrier: Carrier, project: string, onUnauthorized: () => void) {
  const client: ApiClient = createORPCClient(createLink(carrier, { project, onUnauthorized }))
  return { project, client, api: createTanstackQueryUtils(client), queries: createQueryClient() }
}

export type Session = ReturnType<typeof createSession>

export const SessionContext = createContext<Session | null>(null)

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('used outside of a session')
  return session
}

/** The API as TanStack Query options. */
export function useApi(): Session['api'] {
  return useSession().api
}
