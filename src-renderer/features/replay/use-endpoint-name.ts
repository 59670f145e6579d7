import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useApi } from '../../platform/api/session.ts'
import type { NameOf } from './words/replay-words.ts'

/** The names of the project's endpoints, for sentences. */
export function useEndpointName(): NameOf {
  const items = useQuery(useApi().endpoints.list.queryOptions({ input: {} })).data?.items
  return useMemo(() => {
    const names = new Map<string, string>(items?.map(({ id, name }) => [id, name]))
    return (id) => names.get(id) ?? (items === undefined ? '…' : 'a deleted endpoint')
  }, [items])
}
