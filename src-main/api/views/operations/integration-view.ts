import type { IntegrationView } from '#shared/contract/operations/integrations.ts'
import type { Project } from '#shared/model/project.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { Engine } from '../../../engine/engine.ts'

type Integration = ReturnType<Engine['integrations']['get']>

export async function toIntegrationView(
  engine: Engine,
  { siteId, id: projectId }: Pick<Project, 'siteId' | 'id'>,
  integration: Integration,
): Promise<IntegrationView> {
  const { type, endpoint } = integration
  const secrets = endpoint ? await engine.endpoints.secrets(endpoint) : []
  const { unconfirmed = null, ...facts } = type.facts
  return {
    provider: type.id,
    projectId,
    siteId,
    ...configured(engine, integration),
    credentials: type.secrets.map((each) => ({ ...each, isSet: secrets.some(({ name }) => name === each.name) })),
    fields: type.settings.map(({ name, label, example, preset }) => ({
      name,
      label,
      example,
      isRequired: preset === null,
      preset: preset ?? null,
    })),
    suggestedEventTypes: type.eventTypes,
    facts: { ...facts, unconfirmed },
    lastChangeTested: endpoint ? (await engine.operations.standing(endpoint)).lastChangeTested : false,
  }
}

/** What its endpoint says, or what a new one would. */
function configured({ integrations }: Engine, { type, endpoint }: Integration) {
  const config = endpoint?.version.config ?? integrations.blank(type)
  const { name, url, eventTypes, transformation, condition, settings, headers } = config
  const { testMode, owner, escalation, watchHours, policy } = config
  return {
    name,
    url,
    baseUrl: integrations.baseUrl(type, url),
    eventTypes,
    mapping: transformation ?? type.mapping,
    mappingIsPreset: transformation === null,
    condition,
    settings,
    headers,
    policy: policy.preset,
    testMode,
    owner,
    escalation,
    watchHours,
    ...standing(endpoint),
  }
}

function standing(endpoint: Endpoint | null) {
  return {
    configured: endpoint !== null,
    id: endpoint?.id ?? null,
    enabled: endpoint !== null && endpoint.pausedReason !== 'manual',
    state: endpoint?.state ?? null,
    pausedReason: endpoint?.pausedReason ?? null,
    version: endpoint?.version.number ?? null,
  }
}
