import { AppError } from '#shared/model/app-error.ts'
import type { Endpoint, EndpointConfig } from '#shared/model/endpoint.ts'
import type { EndpointsApi, EndpointUpdate } from '../engine.ts'

/** What the callback of the project or account decides. */
const DECIDED = ['url', 'headers', 'policy', 'provider', 'method', 'transformation', 'secrets', 'forwardPath'] as const

/** The endpoints as anyone may change them: one that a callback keeps follows that callback alone. */
export function guardCallbackEndpoints(endpoints: EndpointsApi): EndpointsApi {
  return {
    ...endpoints,
    update(endpoint, change, actor) {
      const field = isCallback(endpoint) ? decidedField(endpoint, change) : undefined
      if (field !== undefined) throw kept(endpoint, field)
      return endpoints.update(endpoint, change, actor)
    },
    restore(endpoint, config, options) {
      const field = isCallback(endpoint) ? decidedOf(endpoint, config) : undefined
      if (field !== undefined) throw kept(endpoint, field)
      return endpoints.restore(endpoint, config, options)
    },
    delete(endpoint) {
      if (isCallback(endpoint)) throw kept(endpoint)
      return endpoints.delete(endpoint)
    },
  }
}

function isCallback({ version }: Endpoint): boolean {
  return version.config.role === 'callback'
}

/** What is given as it is already does no harm: forms send everything. */
function decidedField({ version: { config } }: Endpoint, change: EndpointUpdate): string | undefined {
  return DECIDED.find((field) => {
    const wanted = change[field]
    if (wanted === undefined) return false
    if (field === 'secrets') return Object.keys(wanted as object).length > 0
    return JSON.stringify(wanted) !== JSON.stringify(config[field]) && wanted !== config.policy.preset
  })
}

function decidedOf({ version }: Endpoint, wanted: EndpointConfig): string | undefined {
  const differs = (field: keyof EndpointConfig) =>
    JSON.stringify(wanted[field]) !== JSON.stringify(version.config[field])
  return DECIDED.find((field) => field !== 'secrets' && differs(field))
}

function kept({ version }: Endpoint, field?: string): AppError {
  return new AppError('read_only', `${version.config.name} is kept by the callback of its project or account.`, {
    ...(field === undefined ? {} : { field }),
    hint: 'Change or remove apiCallbackUrl and apiCallbackHeaders of the project or the account instead.',
  })
}
