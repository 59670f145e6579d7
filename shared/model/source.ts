import { z } from 'zod'
import { HeaderList } from './header.ts'
import { ProjectId, SourceId } from './ids.ts'
import { Slug } from './project.ts'

/** The largest body that a source takes unless it says otherwise: 25 MiB, GitHub's own cap. */
export const DEFAULT_BODY_LIMIT_BYTES = 25 * 1024 * 1024

/**
 * What a sender gets once its request is stored. An empty `body` means our own short JSON receipt. The bounds are what a
 * sender is kept waiting for, and how much it gets, whoever wrote the answer.
 */
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

/** The most steps that a script has. */
export const MAX_SCRIPT_STEPS = 50

/** What a source answers once its script has ended: the last answer on and on, or all of them again. */
export const ScriptEnd = z.enum(['stay', 'repeat'])
export type ScriptEnd = z.infer<typeof ScriptEnd>

/** Answers in turn, one step for each whole request. */
export const AnswerScript = z.object({
  script: z.array(Answer).min(1).max(MAX_SCRIPT_STEPS).readonly(),
  atEnd: ScriptEnd,
})
export type AnswerScript = z.infer<typeof AnswerScript>

export const SourceAnswer = z.union([AnswerScript, Answer])
export type SourceAnswer = z.infer<typeof SourceAnswer>

export const DEFAULT_ANSWER: Answer = { status: 200, headers: [], body: '', delayMs: 0 }

/** Pages of any origin may ingest: the key alone decides. */
export const ANY_ORIGIN = '*'

export const Source = z.object({
  id: SourceId,
  projectId: ProjectId,
  slug: Slug,
  name: z.string(),
  provider: z.string().nullable(),
  answer: SourceAnswer,
  /** The address that senders use in place of the capture address, path included. */
  publicUrl: z.string().nullable(),
  duplicates: Duplicates,
  bodyLimitBytes: z.number().int().positive(),
  /** Stands in the address where pages put events: it lets them write, and read nothing. */
  ingestKey: z.string(),
  /** The origins whose pages may do so; `*` is any. */
  allowedOrigins: z.array(z.string()).readonly(),
  createdAt: z.number(),
})
export type Source = z.infer<typeof Source>
