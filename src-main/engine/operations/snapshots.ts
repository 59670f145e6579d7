import { AppError } from '#shared/model/app-error.ts'
import type { Endpoint, EndpointConfig, EndpointVersion } from '#shared/model/endpoint.ts'
import type { EndpointsApi } from '../engine.ts'
import type { EndpointStore, OperationsStore, VersionMark } from '../ports.ts'
import { configDiff, type FieldChange } from './config-diff.ts'

/** One change of an endpoint's configuration: what it was before and after, by whom and when. */
export interface Snapshot {
  version: EndpointVersion
  /** Null for the first. */
  before: EndpointConfig | null
  changes: readonly FieldChange[]
  /** The latest earlier version with the very same configuration: the one that this change brought back. */
  sameAs: number | null
  isCurrent: boolean
  mark: Pick<VersionMark, 'test' | 'review'>
}

export interface SnapshotsApi {
  /** Newest first; `before` is the number of the version before which to begin. */
  list(endpoint: Endpoint, page: { limit: number; before: number | null }): Promise<readonly Snapshot[]>
  /** What differs from one to the other. Throws `AppError` `not_found`. */
  compare(endpoint: Endpoint, ids: { from: string; to: string }): Promise<readonly FieldChange[]>
  /** Makes an earlier configuration the current one. Throws `AppError` `not_found`, `would_drop`. */
  rollback(
    endpoint: Endpoint,
    input: { snapshotId: string; confirm: boolean },
    actor: Parameters<EndpointsApi['update']>[2],
  ): ReturnType<EndpointsApi['restore']>
}

export interface SnapshotsDeps {
  versions: Pick<EndpointStore, 'versions'>
  store: Pick<OperationsStore, 'marks'>
  endpoints: Pick<EndpointsApi, 'restore'>
}

export function createSnapshots({ versions, store, endpoints }: SnapshotsDeps): SnapshotsApi {
  async function find(endpoint: Endpoint, id: string, field: string): Promise<EndpointVersion> {
    const found = (await versions.versions(endpoint.id)).find((version) => version.id === id)
    if (found) return found
    throw new AppError('not_found', `This endpoint has no snapshot “${id.slice(0, 60)}”.`, {
      field,
      hint: `GET /api/v1/endpoints/${endpoint.id}/snapshots lists them.`,
    })
  }

  return {
    async list(endpoint, { limit, before }) {
      const [all, marks] = await Promise.all([versions.versions(endpoint.id), store.marks(endpoint.id)])
      const from = before === null ? 0 : all.findIndex(({ number }) => number < before)
      if (from === -1) return []
      return all.slice(from, from + limit).map((version, index) => {
        const older = all.slice(from + index + 1)
        const previous = older[0]?.config ?? null
        const { test = null, review = null } = marks.find(({ versionId }) => versionId === version.id) ?? {}
        return {
          version,
          before: previous,
          changes: configDiff(previous, version.config),
          sameAs: sameAs(version, older),
          isCurrent: version.id === endpoint.version.id,
          mark: { test, review },
        }
      })
    },

    async compare(endpoint, { from, to }) {
      const [one, other] = await Promise.all([find(endpoint, from, 'from'), find(endpoint, to, 'to')])
      return configDiff(one.config, other.config)
    },

    async rollback(endpoint, { snapshotId, confirm }, actor) {
      const { config } = await find(endpoint, snapshotId, 'snapshotId')
      return endpoints.restore(endpoint, config, { confirm, actor })
    },
  }
}

function sameAs({ config }: EndpointVersion, older: readonly EndpointVersion[]): number | null {
  const text = JSON.stringify(config)
  return older.find((each) => JSON.stringify(each.config) === text)?.number ?? null
}
