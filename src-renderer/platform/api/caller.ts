import { useQuery } from '@tanstack/react-query'
import type { CallerView } from '#shared/contract/access/caller.ts'
import type { Scope } from '#shared/model/scope.ts'
import { useApi } from './session.ts'

/** Who this window is signed in as; undefined until the engine has said it. */
export function useCaller(): CallerView | undefined {
  return useQuery(useApi().caller.queryOptions()).data
}

/** Whether this window may do something; yes until the engine has said otherwise. */
export function useMay(scope: Scope | undefined): boolean {
  const caller = useCaller()
  return scope === undefined || caller === undefined || caller.scopes.includes(scope)
}
