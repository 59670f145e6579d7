import { EndpointConfig, type Endpoint, type EndpointVersion } from '#shared/model/endpoint.ts'
import type { ProjectId } from '#shared/model/ids.ts'

export type VersionRow = Omit<EndpointVersion, 'config'> & { config: string }

/** A version; `v` and `n` are the version and its endpoint. */
export const VERSION_COLUMNS = `
  v.id, n.id AS endpointId, v.number, v.config, v.actor, v.created_at AS createdAt`

export function toVersion(row: VersionRow): EndpointVersion {
  return { ...row, config: EndpointConfig.parse(JSON.parse(row.config)) }
}

/** An endpoint beside its current version's columns. */
export interface EndpointRow extends VersionRow {
  projectId: ProjectId
  state: Endpoint['state']
  pausedReason: Endpoint['pausedReason']
  pausedAt: number | null
  consecutiveFailures: number
  endpointCreatedAt: number
}

export const ENDPOINT_COLUMNS = `
  ${VERSION_COLUMNS}, p.id AS projectId, n.state, n.paused_reason AS pausedReason, n.paused_at AS pausedAt,
  n.consecutive_failures AS consecutiveFailures, n.created_at AS endpointCreatedAt`

export function toEndpoint(row: EndpointRow): Endpoint {
  const { projectId, state, pausedReason, pausedAt, consecutiveFailures, endpointCreatedAt, ...version } = row
  return {
    id: row.endpointId,
    projectId,
    version: toVersion(version),
    state,
    pausedReason,
    pausedAt,
    consecutiveFailures,
    createdAt: endpointCreatedAt,
  }
}
