import type { CallerView } from '#shared/contract/access/caller.ts'
import type { Scope } from '#shared/model/scope.ts'

/** What a section asks for; with `whole`, of a caller who may see every project. */
export interface SectionNeeds {
  scope: Scope
  whole: boolean
}

/** Whether a caller may see it; yes until the engine has said who calls. */
export function mayShow(caller: CallerView | undefined, needs: SectionNeeds | undefined): boolean {
  if (caller === undefined || needs === undefined) return true
  return caller.scopes.includes(needs.scope) && !(needs.whole && caller.project !== null)
}
