import { z } from 'zod'
import { BackupId } from './ids.ts'

/** How many of each were in a backup. */
export const BackupCounts = z.object({
  projects: z.number(),
  sources: z.number(),
  endpoints: z.number(),
  events: z.number(),
  deliveries: z.number(),
  attempts: z.number(),
})
export type BackupCounts = z.infer<typeof BackupCounts>

/** A whole copy of the database in a file of its own. It holds secrets as they are stored: sealed, and never their key. */
export const Backup = z.object({
  id: BackupId,
  createdAt: z.number(),
  /** Where it lies on the machine that runs the engine. */
  path: z.string(),
  sizeBytes: z.number(),
  /** Of the whole file, in hexadecimal digits. */
  sha256: z.string(),
  schemaVersion: z.number(),
  counts: BackupCounts,
})
export type Backup = z.infer<typeof Backup>

/** How far a copy is, in bytes of the database. */
export interface CopyProgress {
  copiedBytes: number
  totalBytes: number
}
