import { createTurns } from '../turns.ts'
import { AppError } from '#shared/model/app-error.ts'
import type { Endpoint, EndpointConfig } from '#shared/model/endpoint.ts'
import type { Project } from '#shared/model/project.ts'
import { SIGNING_SECRET } from '#shared/model/secret-name.ts'
import { blankConfig, checkTargetUrl } from '../endpoints/endpoint-config.ts'
import type { Actor, EndpointsApi, ProjectsApi } from '../engine.ts'
import type { AddressGuard } from '../ports.ts'
import { baseUrlOf, toEndpointChange, urlBelow, type IntegrationChange } from './integration-change.ts'
import type { IntegrationType } from './integration-type.ts'
import { INTEGRATION_TYPES, resolveIntegrationType } from './integration-types.ts'

/** A kind of destination and the endpoint that a project has of it, if any. */
export interface Integration {
  type: IntegrationType
  endpoint: Endpoint | null
}

export interface IntegrationsApi {
  /** One of each kind. */
  list(projectId: Project['id']): readonly Integration[]
  /** By id or alias. Throws `AppError` `unknown_provider`. */
  get(projectId: Project['id'], provider: string): Integration
  /** Changes it, or makes it where there is none. Throws `AppError`, also `would_drop`. */
  put(
    projectId: Project['id'],
    step: { provider: string; change: IntegrationChange },
    actor: Actor,
  ): Promise<Integration & { endpoint: Endpoint }>
  /** Throws `AppError` `unknown_provider`. */
  checkProvider(provider: string): void
  /** What a new one has. */
  blank(type: IntegrationType): EndpointConfig
  /** The base of an integration’s URL; null where the URL is not the kind’s own. */
  baseUrl(type: IntegrationType, url: string): string | null
  /** The project of a site, made where there is none. */
  siteProject(siteId: string): Promise<Project>
}

export interface IntegrationsDeps {
  endpoints: Pick<EndpointsApi, 'list' | 'create' | 'update' | 'secrets' | 'resolve' | 'pause'>
  projects: Pick<ProjectsApi, 'ofSite' | 'create'>
  guard: AddressGuard
}

export function createIntegrations({ endpoints, projects, guard }: IntegrationsDeps): IntegrationsApi {
  const inTurn = createTurns()
  const find = (projectId: Project['id'], type: IntegrationType): Integration => ({
    type,
    endpoint: endpoints.list(projectId).find(({ version }) => version.config.kind === type.id) ?? null,
  })

  async function create(projectId: Project['id'], type: IntegrationType, change: IntegrationChange, actor: Actor) {
    const { confirm: _unneeded, ...given } = toEndpointChange(type, change, [])
    const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    const { name, url, headers, provider } = blank(type)
    const { endpoint } = await endpoints.create(
      projectId,
      { name, url, headers, provider, ...fields, kind: type.id },
      actor,
    )
    return endpoint
  }

  async function update(endpoint: Endpoint, type: IntegrationType, change: IntegrationChange, actor: Actor) {
    const names = (await endpoints.secrets(endpoint)).map(({ name }) => name).filter((name) => name !== SIGNING_SECRET)
    return endpoints.update(endpoint, toEndpointChange(type, change, [...new Set(names)]), actor)
  }

  return {
    checkProvider: (provider) => void resolveIntegrationType(provider),
    blank,
    baseUrl: baseUrlOf,
    list: (projectId) => INTEGRATION_TYPES.map((type) => find(projectId, type)),
    get: (projectId, provider) => find(projectId, resolveIntegrationType(provider)),

    async put(projectId, { provider, change }, actor) {
      const type = resolveIntegrationType(provider)
      if (typeof change.baseUrl === 'string') checkTargetUrl(change.baseUrl, 'baseUrl', guard)
      // Two that come together must not make two of a kind.
      return inTurn(`${projectId}/${type.id}`, () =>
        namingMapping(async () => {
          const { endpoint } = find(projectId, type)
          const saved = endpoint
            ? await update(endpoint, type, change, actor)
            : await create(projectId, type, change, actor)
          return { type, endpoint: saved }
        }),
      )
    },

    async siteProject(siteId) {
      const known = projects.ofSite(siteId)
      if (known) return known
      try {
        return await projects.create({ name: `Site ${siteId.slice(0, 8)}`, slug: `site-${siteId}`, siteId })
      } catch (error) {
        const made = error instanceof AppError && error.code === 'slug_taken' ? projects.ofSite(siteId) : null
        if (made) return made
        throw error
      }
    },
  }
}

function blank(type: IntegrationType): EndpointConfig {
  const url = urlBelow(type, type.baseUrl)
  return { ...blankConfig(), name: type.name, url, headers: [...type.headers], provider: 'none', kind: type.id }
}

/** What the endpoint calls its transformation is the mapping here. */
async function namingMapping<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    if (!(error instanceof AppError) || error.field !== 'transformation') throw error
    throw new AppError(error.code, error.message.replace('transformation', 'mapping'), {
      field: 'mapping',
      ...(error.hint !== undefined && { hint: error.hint }),
    })
  }
}
