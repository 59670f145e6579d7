import { z } from 'zod'
import { HeaderList } from './header.ts'
import { ProjectId, SourceId } from './ids.ts'
import { Slug } from './project.ts'

/** The largest body that a source takes unless it says otherwise: 25 MiB, GitHub's own cap. */
export const DEFAULT_BODY_LIMIT_BYTES = 25 * 1024 * 1024

/** What a sender gets once its request is stored. An empty `body` means our own short JSON receipt. */
export const Answer = z.object({
  status: z.number().int().min(200).max(599),
  headers: HeaderList,
  body: z.string().max(65_536),
  delayMs: z.number().int().min(0).max(60_000),
})
export type Answer = z.infer<typeof Answer>

/** What happens to a message that its sender sent before: kept and delivered like any other, or answered and dropped. */
export const Duplicates = z.enum(['keep', 'drop'])
export type Duplicates = z.infer<typeof Duplicates>

export const DEFAULT_ANSWER: Answer = { status: 200, headers: [], body: '', delayMs: 0 }

export const Source = z.object({
  id: SourceId,
  projectId: ProjectId,
  slug: Slug,
  name: z.string(),
  provider: z.string().nullable(),
  answer: Answer,
  /** The address that senders use in place of the capture address, path included. */
  publicUrl: z.string().nullable(),
  duplicates: Duplicates,
  bodyLimitBytes: z.number().int().positive(),
  createdAt: z.number(),
})
export type Source = z.infer<typeof Source>
