import type { Backup, CopyProgress } from '#shared/model/backup.ts'
import type { BackupId } from '#shared/model/ids.ts'

/** What a backup is to be called. */
export interface BackupOrder {
  id: BackupId
  createdAt: number
}

export interface CopyWatch {
  onProgress(progress: CopyProgress): void
  /** Aborted to give the copy up; nothing of it is left then. */
  signal: AbortSignal
}

/** Bytes that rows and indices of one kind take. */
export interface KindSize {
  kind: string
  bytes: number
}

export interface StorageSizes {
  /** Where the database lies. */
  path: string
  databaseBytes: number
  /** Of the database, what is free for new rows or to be given back. */
  freeBytes: number
  /** The write-ahead log, which is moved into the database from time to time. */
  logBytes: number
  /** What the disk has left; null where it does not say. */
  diskFreeBytes: number | null
  backupBytes: number
  /** What an upgrade or a restore kept of the database before it: what is deleted now is still in them. */
  copies: readonly { path: string; bytes: number }[]
}

/** The files in which the store lies. */
export interface StorageFiles {
  sizes(): Promise<StorageSizes>
  /** Largest first. Reads every page, away from what delivers. */
  sizesByKind(): Promise<readonly KindSize[]>
  /** Newest first; only whole ones. */
  backups(): Promise<readonly Backup[]>
  /**
   * Makes a consistent copy while writes go on. Rejects with `CopyAbortedError` where the signal aborted it, with
   * `StoreUnavailableError` where the disk does not take it.
   */
  backUp(order: BackupOrder, watch: CopyWatch): Promise<Backup>
  /** Deletes a backup's files; false where there is none. */
  removeBackup(id: BackupId): Promise<boolean>
}

/** The copy was given up before it was whole. */
export class CopyAbortedError extends Error {
  constructor() {
    super('The copy was canceled')
    this.name = 'CopyAbortedError'
  }
}
