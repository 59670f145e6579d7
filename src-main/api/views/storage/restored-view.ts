import { toInstant } from '#shared/contract/base.ts'
import type { RestoredView } from '#shared/contract/storage/storage.ts'
import type { Restored } from '#shared/model/restored.ts'

export function toRestoredView(restored: Restored | null): RestoredView | null {
  if (restored === null) return null
  const { at, backupAt, endpointIds, held } = restored
  return {
    at: toInstant(at),
    backupAt: toInstant(backupAt),
    pausedEndpoints: endpointIds.length,
    held,
  }
}
