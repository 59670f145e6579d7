import { useCallback } from 'react'
import type { ExportView } from '#shared/contract/exchange/exports.ts'
import type { ImportView } from '#shared/contract/exchange/imports.ts'
import { type Session, useApi } from '../../platform/api/session.ts'
import { download } from '../../platform/browser/copy.ts'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { plural } from '../../ui/format/size.ts'

/** While one is under way, how it stands is asked for this often. */
const LOOK_EVERY_MS = 400

export function isUnderWay({ state }: ExportView | ImportView): boolean {
  return state === 'running' || state === 'checking' || state === 'storing' || state === 'receiving'
}

export function exportOptions(api: Session['api'], id: string) {
  return api.exports.get.queryOptions({
    input: { id },
    refetchInterval: ({ state }) => (state.data === undefined || isUnderWay(state.data) ? LOOK_EVERY_MS : false),
  })
}

export function exportListOptions(api: Session['api']) {
  return api.exports.list.queryOptions({
    input: {},
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? LOOK_EVERY_MS : false),
  })
}

export function importListOptions(api: Session['api']) {
  return api.imports.list.queryOptions({
    input: {},
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? LOOK_EVERY_MS : false),
  })
}

/** Saves what an export made; false where that failed, which is told. */
export function useSaveExport(): (run: ExportView) => Promise<boolean> {
  const api = useApi()
  return useCallback(
    async ({ id, file }) => {
      try {
        const content = await api.exports.file.call({ id })
        download(file?.name ?? `${id}.txt`, content)
        showDone(`Exported ${plural(file?.events ?? 0, 'event')}.`)
        return true
      } catch (error) {
        showError(error)
        return false
      }
    },
    [api],
  )
}
