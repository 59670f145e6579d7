import { toInstant } from '#shared/contract/base.ts'
import type { BackupView } from '#shared/contract/storage/backups.ts'
import type { BackupRun } from '../../../engine/engine.ts'

export function toBackupView(run: BackupRun): BackupView {
  const view = { id: run.id, createdAt: toInstant(run.createdAt), progress: null, reason: null, file: null }
  switch (run.state) {
    case 'running':
      return { ...view, state: run.state, progress: run.progress }
    case 'done': {
      const { path, sizeBytes, sha256, schemaVersion, counts } = run.backup
      return { ...view, state: run.state, file: { path, sizeBytes, sha256, schemaVersion, counts } }
    }
    case 'failed':
      return { ...view, state: run.state, reason: run.reason }
    case 'canceled':
      return { ...view, state: run.state }
    default:
      return run satisfies never
  }
}
