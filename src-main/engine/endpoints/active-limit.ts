import { AppError } from '#shared/model/app-error.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { EndpointId, ProjectId } from '#shared/model/ids.ts'
import { DEFAULT_ACTIVE_ENDPOINT_LIMIT } from '#shared/model/project.ts'
import { POLICY_PRESETS } from '../delivery/policies.ts'
import { ofProject, type Registry } from '../registry.ts'

/** What decides whether an endpoint takes one of its project's places. */
export type Standing = Pick<Endpoint, 'id' | 'projectId' | 'state' | 'pausedReason'> & {
  config: Endpoint['version']['config']
}

/** Keeps a project to its limit of active endpoints, under the policies that have one. */
export interface ActiveLimit {
  /**
   * Takes a place for what an endpoint is about to become, before anything is stored, so that of calls at the same moment
   * only as many pass as there are places. The returned function gives it back, once the registry tells what came of it.
   * Throws `AppError` `endpoint_limit` where none is free.
   */
  reserve(before: Standing | null, after: Standing): () => void
}

const LIMITED = new Set(POLICY_PRESETS.filter(({ limitsActive }) => limitsActive).map(({ id }) => id))

/** One that its breaker paused and that is probed comes back by itself: its place is kept. */
export function takesPlace({ state, pausedReason, config: { policy } }: Standing): boolean {
  if (!LIMITED.has(policy.preset)) return false
  return state === 'active' || (pausedReason === 'breaker' && policy.breaker?.probeAfterMs != null)
}

export function standingOf({ version, ...endpoint }: Endpoint): Standing {
  return { ...endpoint, config: version.config }
}

export function createActiveLimit(registry: Pick<Registry, 'endpoints' | 'projects'>): ActiveLimit {
  /** How many calls are about to make an endpoint active, by endpoint. */
  const reserved = new Map<EndpointId, { projectId: ProjectId; calls: number }>()

  function placesTakenByOthers({ id, projectId }: Standing): number {
    const taken = new Set<EndpointId>()
    for (const endpoint of ofProject(registry.endpoints, projectId))
      if (takesPlace(standingOf(endpoint))) taken.add(endpoint.id)
    for (const [endpointId, place] of reserved) if (place.projectId === projectId) taken.add(endpointId)
    taken.delete(id)
    return taken.size
  }

  return {
    reserve(before, after) {
      if (!takesPlace(after) || (before && takesPlace(before))) return () => {}
      const limit = registry.projects.get(after.projectId)?.activeEndpointLimit ?? DEFAULT_ACTIVE_ENDPOINT_LIMIT
      if (placesTakenByOthers(after) >= limit) throw limitReached(after.config.policy.preset, limit)
      const place = reserved.get(after.id) ?? { projectId: after.projectId, calls: 0 }
      reserved.set(after.id, { ...place, calls: place.calls + 1 })
      return () => {
        const calls = (reserved.get(after.id)?.calls ?? 1) - 1
        if (calls > 0) reserved.set(after.id, { ...place, calls })
        else reserved.delete(after.id)
      }
    },
  }
}

function limitReached(preset: string, limit: number): AppError {
  const places = limit === 1 ? 'one endpoint' : `${limit} endpoints`
  return new AppError('endpoint_limit', `Under the policy “${preset}” a project has at most ${places} active.`, {
    field: 'policy',
    hint: 'Pause or delete another one first, choose another policy, or raise activeEndpointLimit of the project.',
  })
}
