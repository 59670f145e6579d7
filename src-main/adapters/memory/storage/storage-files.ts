import type { Backup } from '#shared/model/backup.ts'
import type { StorageFiles } from '#main/engine/ports.ts'
import { CopyAbortedError } from '#main/engine/ports.ts'

const NO_ROWS = { projects: 0, sources: 0, endpoints: 0, events: 0, deliveries: 0, attempts: 0 }

/** Files of a store that has none: what is kept of a backup is that it was made. */
export function createMemoryFiles(): StorageFiles {
  const made: Backup[] = []
  return {
    sizes: async () => ({
      path: 'memory',
      databaseBytes: 0,
      freeBytes: 0,
      logBytes: 0,
      diskFreeBytes: null,
      backupBytes: 0,
      copies: [],
    }),
    sizesByKind: async () => [],
    backups: async () => [...made],
    async backUp({ id, createdAt }, { onProgress, signal }) {
      onProgress({ copiedBytes: 0, totalBytes: 0 })
      await Promise.resolve()
      if (signal.aborted) throw new CopyAbortedError()
      const backup = {
        id,
        createdAt,
        path: `memory/${id}`,
        sizeBytes: 0,
        sha256: '',
        schemaVersion: 0,
        counts: NO_ROWS,
      }
      made.unshift(backup)
      return backup
    },
    async removeBackup(id) {
      const index = made.findIndex((backup) => backup.id === id)
      if (index >= 0) made.splice(index, 1)
      return index >= 0
    },
  }
}
