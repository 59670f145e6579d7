import { useMutation, useQuery } from '@tanstack/react-query'
import type { SavedFilterView } from '#shared/contract/filters/saved-filters.ts'
import { useMay } from '../api/caller.ts'
import { useApi, useSession } from '../api/session.ts'

/** The filters that the project keeps, of both lists; none while they are not read. */
export function useSavedFilters(): readonly SavedFilterView[] {
  const enabled = useMay('events:read')
  return useQuery(useApi().filters.list.queryOptions({ input: {}, enabled })).data?.items ?? []
}

/** What changes them; each one shows at once what came of it. */
export function useFilterChanges() {
  const { api, client, queries } = useSession()
  const { queryKey } = api.filters.list.queryOptions({ input: {} })
  const readAgain = () => queries.invalidateQueries({ queryKey: api.filters.key() })
  return {
    save: useMutation(api.filters.save.mutationOptions({ onSuccess: readAgain })),
    rename: useMutation(api.filters.rename.mutationOptions({ onSuccess: readAgain })),
    /** Out of sight at once; `commit` deletes it in the engine, `undo` shows it again. */
    remove(id: string, onError: (error: unknown) => void) {
      queries.setQueryData(queryKey, (list) => list && { ...list, items: list.items.filter((item) => item.id !== id) })
      return {
        commit: () => void client.filters.delete({ id }).catch(onError).then(readAgain),
        undo: () => void readAgain(),
      }
    },
  }
}
