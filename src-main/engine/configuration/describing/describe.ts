import type { PlannedChange } from '#shared/model/configuration/plan.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { OwnEventType } from '#shared/model/own-event-type.ts'
import type { OwnProvider } from '#shared/model/own-provider.ts'
import type { Source } from '#shared/model/source.ts'
import type { Workflow } from '#shared/model/workflows/workflow.ts'
import { ofProject, type Registry } from '../../registry.ts'

/** One thing that files keep, by its fields as they name them; secrets are not among them. */
export interface Described {
  kind: PlannedChange['kind']
  name: string
  fields: Readonly<Record<string, unknown>>
}

export function describeProvider({ id, name, signing, recognition, policy, bodyFormat }: OwnProvider): Described {
  return { kind: 'provider', name: id, fields: { name, signing, recognition, policy, bodyFormat } }
}

export function describeEventType({ provider, name, description, schema, sample }: OwnEventType): Described {
  return { kind: 'eventType', name: `${provider}/${name}`, fields: { description, schema, sample } }
}

export function describeSource(source: Source): Described {
  const { slug, name, provider, answer, publicUrl, duplicates, bodyLimitBytes, allowedOrigins } = source
  const fields = { name, provider, answer, publicUrl, duplicates, bodyLimitBytes, allowedOrigins }
  return { kind: 'source', name: slug, fields }
}

export function describeEndpoint({ version, pausedReason }: Endpoint): Described {
  const { name, kind: _, settings: __, role: ___, ...config } = version.config
  return { kind: 'endpoint', name, fields: { ...config, enabled: pausedReason !== 'manual' } }
}

/** Its endpoints by their names, as far as these tell them apart. */
export function describeWorkflow(workflow: Workflow, registry: Pick<Registry, 'endpoints'>): Described {
  const { name, projectId, definition } = workflow
  const all = ofProject(registry.endpoints, projectId)
  const nameOf = (endpointId: string): string => {
    const known = all.find((endpoint) => endpoint.id === endpointId)?.version.config.name ?? endpointId
    return all.filter(({ version }) => version.config.name === known).length === 1 ? known : endpointId
  }
  const targets = definition.targets.map((target) =>
    'url' in target ? target : { endpoint: nameOf(target.endpointId), tags: target.tags },
  )
  const gate = definition.gate && { endpoint: nameOf(definition.gate.endpointId) }
  return { kind: 'workflow', name, fields: { ...definition, targets, gate } }
}

/** Whether files keep it: not what a callback keeps, and not integrations. */
export function isKeptByFiles({ version }: Endpoint): boolean {
  return version.config.role === null && version.config.kind === null
}
