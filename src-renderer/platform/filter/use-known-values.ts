import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useMay } from '../api/caller.ts'
import { useApi } from '../api/session.ts'

interface Known {
  value: string
  hint?: string | undefined
}

/** What filters of this project may name: its endpoints and sources, the types and providers of the catalog. */
export interface ProjectValues {
  endpoint: readonly Known[]
  source: readonly Known[]
  type: readonly Known[]
  provider: readonly Known[]
}

/** Read once something is written that may name them. */
export function useKnownValues(isWanted: boolean): ProjectValues {
  const api = useApi()
  const of = (may: boolean) => ({ input: {}, enabled: isWanted && may })
  const endpoints = useQuery(api.endpoints.list.queryOptions(of(useMay('endpoints:read')))).data?.items
  const sources = useQuery(api.sources.list.queryOptions(of(useMay('sources:read')))).data?.items
  const providers = useQuery(api.catalog.providers.list.queryOptions(of(useMay('catalog:read')))).data?.items
  return useMemo(
    () => ({
      endpoint: [
        ...(endpoints ?? []).map(({ name, url }) => ({ value: name, hint: url })),
        ...(endpoints === undefined ? [] : [{ value: 'none', hint: 'bare addresses' }]),
      ],
      source: (sources ?? []).map(({ slug, name }) => ({ value: slug, hint: name === slug ? undefined : name })),
      type: typesOf(providers ?? []),
      provider: (providers ?? []).map(({ id, name }) => ({ value: id, hint: name })),
    }),
    [endpoints, sources, providers],
  )
}

interface Provider {
  name: string
  eventTypes: readonly { name: string }[]
}

/** Each type once, and before those that begin alike what takes them all. */
function typesOf(providers: readonly Provider[]): Known[] {
  const found = new Map<string, string>()
  for (const { name: provider, eventTypes } of providers) {
    for (const { name } of eventTypes) {
      const group = `${name.split('.')[0]}.*`
      const isOfSeveral = eventTypes.filter((other) => other.name.startsWith(group.slice(0, -1))).length > 1
      if (isOfSeveral && !found.has(group)) found.set(group, `all of ${provider}`)
      if (!found.has(name)) found.set(name, provider)
    }
  }
  return [...found].map(([value, hint]) => ({ value, hint }))
}
