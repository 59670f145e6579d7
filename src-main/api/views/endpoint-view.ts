import { toInstant } from '#shared/contract/base.ts'
import type { EndpointView } from '#shared/contract/endpoints.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { Engine } from '../../engine/engine.ts'

export async function toEndpointView(engine: Engine, endpoint: Endpoint): Promise<EndpointView> {
  const secrets = await engine.endpoints.secrets(endpoint)
  const { watch, lastTest, lastChangeTested } = await engine.operations.standing(endpoint)
  return {
    id: endpoint.id,
    projectId: endpoint.projectId,
    ...endpoint.version.config,
    signedBy: engine.endpoints.signedBy(endpoint),
    state: endpoint.state,
    pausedReason: endpoint.pausedReason,
    pausedAt: toInstant(endpoint.pausedAt),
    enabled: endpoint.pausedReason !== 'manual',
    consecutiveFailures: endpoint.consecutiveFailures,
    successRate: await engine.stats.successRate(endpoint),
    waiting: await engine.endpoints.waiting(endpoint),
    versionId: endpoint.version.id,
    version: endpoint.version.number,
    secrets: secrets.map(({ id, name, version, createdAt, expiresAt }) => ({
      id,
      name,
      version,
      createdAt: toInstant(createdAt),
      expiresAt: toInstant(expiresAt),
    })),
    createdAt: toInstant(endpoint.createdAt),
    lastChangeTested,
    lastTest: dated(lastTest),
    watch: { until: toInstant(watch.until), isOpen: watch.isOpen, review: dated(watch.review) },
  }
}

function dated<T extends { at: number }>(mark: T | null): (Omit<T, 'at'> & { at: string }) | null {
  return mark && { ...mark, at: toInstant(mark.at) }
}
