import type { ProjectDeletion } from '../projects/project-deletion.ts'
import { createProjectDeletion, type ProjectDeletionDeps } from '../projects/project-deletion.ts'
import { createRetentions, type RetentionDeps, type RetentionsApi } from '../retention/retentions.ts'
import type { Ids } from '../ports.ts'
import { createBackups, type BackupsApi } from './backups.ts'
import { createRestored, type RestoredApi, type RestoredDeps } from './restored.ts'
import type { StorageFiles } from './storage-files.ts'

/** What is kept, for how long, and in which files. */
export interface Keeping {
  backups: BackupsApi
  restored: RestoredApi
  retention: RetentionsApi
  deletion: ProjectDeletion
  start(): void
  stop(): Promise<void>
}

export async function createKeeping(
  deps: ProjectDeletionDeps & RestoredDeps & Omit<RetentionDeps, 'isUndecided'> & { files: StorageFiles; ids: Ids },
): Promise<Keeping> {
  const backups = createBackups(deps)
  const restored = await createRestored(deps)
  const retention = await createRetentions({ ...deps, isUndecided: () => restored.show() !== null })
  const deletion = await createProjectDeletion({ ...deps, onDeleted: retention.forget })
  return {
    backups,
    restored,
    retention,
    deletion,
    start() {
      retention.start()
      deletion.start()
    },
    stop: async () => void (await Promise.all([backups.stop(), retention.stop(), deletion.stop()])),
  }
}
