import { AppError } from '#shared/model/app-error.ts'
import type { Backup, CopyProgress } from '#shared/model/backup.ts'
import type { BackupId } from '#shared/model/ids.ts'
import { StoreUnavailableError, type Clock, type Ids, type Log } from '../ports.ts'
import { CopyAbortedError, type StorageFiles } from './storage-files.ts'

/** One making of a backup, from its begin; `done` carries what came of it. */
export type BackupRun = { id: BackupId; createdAt: number } & (
  | { state: 'running'; progress: CopyProgress }
  | { state: 'done'; backup: Backup }
  | { state: 'failed'; reason: string }
  | { state: 'canceled' }
)

export interface BackupsApi {
  /** The one under way or that failed last, then those that are there, newest first. */
  list(): Promise<readonly BackupRun[]>
  /** Begins one. Throws `AppError` `backup_running` while another is made. */
  start(): BackupRun
  /** Throws `AppError` `not_found`. */
  get(id: string): Promise<BackupRun>
  /** Gives up the one under way; nothing of it is left. Throws `AppError` `not_found`, `backup_not_running`. */
  cancel(id: string): Promise<BackupRun>
  /** Deletes the file. Throws `AppError` `not_found`, `backup_running`. */
  remove(id: string): Promise<void>
  /** Gives up what is under way. */
  stop(): Promise<void>
}

interface Making {
  run: BackupRun
  abort: AbortController
  ended: Promise<void>
}

const NOTHING_COPIED: CopyProgress = { copiedBytes: 0, totalBytes: 0 }

export function createBackups(deps: { files: StorageFiles; clock: Clock; ids: Ids; log: Log }): BackupsApi {
  const { files, clock, ids, log } = deps
  let last: Making | null = null

  async function make(making: Making): Promise<void> {
    const { id, createdAt } = making.run
    try {
      const backup = await files.backUp(
        { id, createdAt },
        {
          signal: making.abort.signal,
          onProgress: (progress) => (making.run = { id, createdAt, state: 'running', progress }),
        },
      )
      making.run = { id, createdAt, state: 'done', backup }
      log.info('A backup was made', { path: backup.path, bytes: backup.sizeBytes })
    } catch (error) {
      making.run = endOf(making.run, error)
      if (making.run.state === 'failed') log.error('A backup could not be made', { reason: making.run.reason })
    }
  }

  async function list(): Promise<BackupRun[]> {
    const whole = (await files.backups()).map((backup): BackupRun => ({
      id: backup.id,
      createdAt: backup.createdAt,
      state: 'done',
      backup,
    }))
    return last && last.run.state !== 'done' ? [last.run, ...whole] : whole
  }

  async function get(id: string): Promise<BackupRun> {
    const found = (await list()).find((run) => run.id === id)
    if (!found)
      throw new AppError('not_found', `There is no backup “${id}”.`, { hint: 'GET /api/v1/backups lists them.' })
    return found
  }

  return {
    list,
    get,

    start() {
      if (last?.run.state === 'running') {
        throw new AppError('backup_running', 'A backup is being made already.', {
          hint: 'Wait until it is done, or cancel it.',
        })
      }
      const run: BackupRun = { id: ids.next('bkp'), createdAt: clock.now(), state: 'running', progress: NOTHING_COPIED }
      const making: Making = { run, abort: new AbortController(), ended: Promise.resolve() }
      last = making
      making.ended = make(making)
      return run
    },

    async cancel(id) {
      const run = await get(id)
      if (last?.run.id !== id || last.run.state !== 'running') {
        throw new AppError('backup_not_running', `This backup is ${run.state} and cannot be canceled.`)
      }
      last.abort.abort()
      await last.ended
      return last.run
    },

    async remove(id) {
      const run = await get(id)
      if (run.state === 'running') {
        throw new AppError('backup_running', 'This backup is still being made.', { hint: 'Cancel it instead.' })
      }
      if (last?.run.id === id) last = null
      await files.removeBackup(run.id)
    },

    async stop() {
      last?.abort.abort()
      await last?.ended
    },
  }
}

function endOf({ id, createdAt }: BackupRun, error: unknown): BackupRun {
  if (error instanceof CopyAbortedError) return { id, createdAt, state: 'canceled' }
  // Anything else is a bug of ours: its words are for the log alone.
  const reason = error instanceof StoreUnavailableError ? error.message : 'an internal error'
  return { id, createdAt, state: 'failed', reason }
}
