import { traverseContractProcedures } from '@orpc/server'
import { z } from 'zod'
import { contract } from '#shared/contract/index.ts'
import { ENTRIES } from '#shared/model/configuration/configuration.ts'
import type { Fields } from '#test/api/configuration-rig.ts'

/** A call of the API that is given the URL of something to be called; `{endpoint}` and the like stand for ids. */
export interface EntryPoint {
  method: string
  path: string
  body(url: string): unknown
}

/** Every field of the contract that Hookloop will send something to, by procedure and place. */
export const ENTRY_POINTS: Readonly<Record<string, EntryPoint>> = {
  'endpoints.create:url': { method: 'POST', path: '/endpoints', body: (url) => ({ name: 'App', url }) },
  'endpoints.update:url': { method: 'PATCH', path: '/endpoints/{endpoint}', body: (url) => ({ url }) },
  'replays.create:url': {
    method: 'POST',
    path: '/replays',
    body: (url) => ({ eventIds: ['{event}'], url, resign: true }),
  },
  'catalog.trigger:url': {
    method: 'POST',
    path: '/trigger',
    body: (url) => ({ provider: 'crawlux', type: 'audit.completed', url }),
  },
  'links.create:url': {
    method: 'POST',
    path: '/links',
    body: (url) => ({ url, key: 'hlk_of_some_relay', remoteSource: 'inbox', subscriber: 'laptop' }),
  },
  'links.update:url': { method: 'PATCH', path: '/links/{link}', body: (url) => ({ url }) },
  'projects.update:notificationUrl': {
    method: 'PATCH',
    path: '/projects/default',
    body: (notificationUrl) => ({ notificationUrl }),
  },
  'projects.update:apiCallbackUrl': {
    method: 'PATCH',
    path: '/projects/default',
    body: (apiCallbackUrl) => ({ apiCallbackUrl }),
  },
  'account.update:apiCallbackUrl': {
    method: 'PATCH',
    path: '/account',
    body: (apiCallbackUrl) => ({ apiCallbackUrl }),
  },
  'webhooks.create:url': { method: 'POST', path: '/webhooks', body: (url) => ({ url, events: ['audit.*'] }) },
  'workflows.put:targets.url': {
    method: 'PUT',
    path: '/workflows/smoke',
    body: (url) => ({ targets: [{ url }], events: [{ type: 'order.paid', data: 1 }] }),
  },
  'integrations.put:url': { method: 'PUT', path: '/sites/{site}/integrations/ga4', body: (url) => ({ url }) },
  'integrations.put:baseUrl': {
    method: 'PUT',
    path: '/sites/{site}/integrations/meta',
    body: (baseUrl) => ({ baseUrl }),
  },
  'configuration.apply:endpoints.url': {
    method: 'POST',
    path: '/configuration/apply',
    body: (url) => ({ configuration: { endpoints: { Filed: { url, policy: 'once' } } } }),
  },
  'configuration.apply:workflows.targets.url': {
    method: 'POST',
    path: '/configuration/apply',
    body: (url) => ({
      configuration: { workflows: { filed: { targets: [{ url }], events: [{ type: 'order.paid', data: 1 }] } } },
    }),
  },
  'webhooks.update:url': { method: 'PATCH', path: '/webhooks/{webhook}', body: (url) => ({ url }) },
}

/** Fields that are named so and that nothing is ever sent to. */
const NEVER_CALLED = new Set([
  // Where a sender reaches us: it takes part in what is signed.
  'sources.create:publicUrl',
  'sources.update:publicUrl',
  'configuration.apply:sources.publicUrl',
  'signing.sign:url',
  'signing.verify:url',
  'signing.diagnose:url',
  'signing.snippets:url',
  // A draft is judged and not stored.
  'endpoints.lint:url',
])

/** Every field of the contract whose name says that it holds a URL and that may be called, by procedure and place. */
export function urlFields(): string[] {
  const found: string[] = []
  traverseContractProcedures({ router: contract, path: [] }, ({ contract: procedure, path }) => {
    const { inputSchema } = procedure['~orpc']
    if (!inputSchema) return
    const schema = z.toJSONSchema(inputSchema as z.ZodType, { io: 'input', unrepresentable: 'any' })
    for (const place of urlPlaces(schema)) found.push(`${path.join('.')}:${place}`)
  })
  // What a file holds is read entry by entry, so no schema of the contract names its fields.
  for (const [section, entry] of Object.entries(ENTRIES)) {
    const schema = z.toJSONSchema(entry, { io: 'input', unrepresentable: 'any' })
    for (const place of urlPlaces(schema)) found.push(`configuration.apply:${section}.${place}`)
  }
  return [...new Set(found)].filter((field) => !NEVER_CALLED.has(field))
}

/** The paths of properties named like a URL, in any branch of a schema. */
function urlPlaces(schema: unknown, at = ''): string[] {
  if (Array.isArray(schema)) return schema.flatMap((branch) => urlPlaces(branch, at))
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema as Fields).flatMap(([key, value]) => {
    if (key !== 'properties') return urlPlaces(value, at)
    return Object.entries(value as Fields).flatMap(([name, property]) => {
      const place = at === '' ? name : `${at}.${name}`
      const isText = !JSON.stringify(property).includes('"properties"')
      return /ur[li]s?$/i.test(name) && isText ? [place] : urlPlaces(property, place)
    })
  })
}
