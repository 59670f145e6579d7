import type { Endpoint } from '#shared/model/endpoint.ts'
import type { Change, EndpointsApi } from '../engine.ts'
import type { Feed } from '../feed.ts'
import { VaultLockedError, type Log, type SecretStore } from '../ports.ts'
import type { Registry } from '../registry.ts'
import type { SecretKeeper } from '../secrets/secret-keeper.ts'

/** Lets endpoints go on that were paused because their secrets could not be opened. */
export interface Unlocker {
  /** Looks at each of them; answers how many go on. */
  look(): Promise<number>
  stop(): void
}

export interface UnlockerDeps {
  registry: Pick<Registry, 'endpoints'>
  secrets: Pick<SecretStore, 'list'>
  keeper: Pick<SecretKeeper, 'open'>
  endpoints: Pick<EndpointsApi, 'resume'>
  changes: Feed<Change>
  log: Log
}

export function createUnlocker(deps: UnlockerDeps): Unlocker {
  const { registry, endpoints, log } = deps

  async function goOn(endpoint: Endpoint | undefined): Promise<boolean> {
    if (endpoint?.pausedReason !== 'locked' || !(await opens(endpoint, deps))) return false
    if (registry.endpoints.get(endpoint.id)?.pausedReason !== 'locked') return false
    await endpoints.resume(endpoint, 'release')
    return true
  }

  // A secret that was entered again changes its endpoint.
  const end = deps.changes.subscribe((change) => {
    if (change.type !== 'endpoint.changed') return
    goOn(registry.endpoints.get(change.endpointId)).catch((error: unknown) =>
      log.warn('An endpoint whose secrets may open again stays paused', { error: String(error) }),
    )
  })

  return {
    async look() {
      let released = 0
      for (const endpoint of registry.endpoints.values()) if (await goOn(endpoint)) released++
      return released
    },
    stop: end,
  }
}

/** Whether all that counts of its secrets can be opened; an earlier version that was rotated away need not. */
async function opens({ id }: Endpoint, { secrets, keeper }: UnlockerDeps): Promise<boolean> {
  const current = (await secrets.list(id)).filter(({ expiresAt }) => expiresAt === null)
  try {
    for (const secret of current) await keeper.open(secret)
    return true
  } catch (error) {
    if (error instanceof VaultLockedError) return false
    throw error
  }
}
