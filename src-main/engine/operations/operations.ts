import type { Endpoint } from '#shared/model/endpoint.ts'
import { SIGNING_SECRET } from '#shared/model/secret-name.ts'
import type { Actor, EndpointsApi } from '../engine.ts'
import type { EndpointStore, LogPage, OperationsStore } from '../ports.ts'
import type { StatsApi } from '../stats/endpoint-stats.ts'
import { healthOf, type Health } from './health.ts'
import { createSnapshots, type SnapshotsApi } from './snapshots.ts'
import { testEndpoint, type TestDeps } from './test-endpoint.ts'
import type { TestReport } from './test-report.ts'
import type { TestSample } from './test-sample.ts'
import { changeStanding, type ChangeStanding } from './watch.ts'

/** Keeping an endpoint well: what changed, whether it was tested, how it does, and the way back. */
export interface OperationsApi {
  snapshots: SnapshotsApi
  /** Sends a sample, or the given event, through the endpoint once. */
  test(endpoint: Endpoint, sample: TestSample | null, actor: Actor): Promise<TestReport>
  health(endpoint: Endpoint): Promise<Health>
  log(endpoint: Endpoint, page: { limit: number; offset: number }): Promise<LogPage>
  standing(endpoint: Endpoint): Promise<ChangeStanding>
  /** What followed the changes until now has been looked at; resolves to how many changes that were. */
  review(endpoint: Endpoint, actor: Actor): Promise<number>
}

export type OperationsDeps = Omit<TestDeps, 'store'> & {
  store: OperationsStore
  stats: Pick<StatsApi, 'successRate'>
  versions: Pick<EndpointStore, 'versions'>
  endpoints: Pick<EndpointsApi, 'restore' | 'secrets'>
}

export function createOperations(deps: OperationsDeps): OperationsApi {
  const { store, clock, endpoints } = deps

  async function namesOf(endpoint: Endpoint): Promise<ReadonlySet<string>> {
    const names = (await endpoints.secrets(endpoint)).map(({ name }) => name)
    return new Set(names.filter((name) => name !== SIGNING_SECRET))
  }

  return {
    snapshots: createSnapshots(deps),
    log: (endpoint, page) => store.log({ endpointId: endpoint.id, ...page }),
    standing: async (endpoint) => changeStanding(endpoint, await store.marks(endpoint.id), clock.now()),
    health: async (endpoint) =>
      healthOf(endpoint, await namesOf(endpoint), { store, stats: deps.stats, now: clock.now() }),
    test: async (endpoint, sample, actor) =>
      testEndpoint({ endpoint, secrets: await namesOf(endpoint), sample }, actor, deps),

    async review(endpoint, actor) {
      const reviewed = await store.noteReview({ endpointId: endpoint.id, at: clock.now(), actor: actor.name })
      deps.changes.publish({ type: 'endpoint.changed', projectId: endpoint.projectId, endpointId: endpoint.id })
      return reviewed
    },
  }
}
