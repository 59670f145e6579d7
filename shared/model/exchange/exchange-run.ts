import { z } from 'zod'
import { type ExportId, type ImportId, type ProjectId, SourceId } from '../ids.ts'

/** HAR 1.2, as browsers and proxies write it, or one JSON text for each event on a line. */
export const ExchangeFormat = z.enum(['har', 'json-lines'])
export type ExchangeFormat = z.infer<typeof ExchangeFormat>

/** Whether values that let somebody in are part of it. */
export const SecretsChoice = z.enum(['hidden', 'included'])
export type SecretsChoice = z.infer<typeof SecretsChoice>

export const ExportProgress = z.object({
  events: z.number().int().describe('Written so far.'),
  total: z.number().int(),
})
export type ExportProgress = z.infer<typeof ExportProgress>

/** The file that an export made. */
export const ExportFile = z.object({ name: z.string(), bytes: z.number(), events: z.number() })
export type ExportFile = z.infer<typeof ExportFile>

/** What a file holds, known before anything of it is kept. */
export const ImportSummary = z.object({
  format: ExchangeFormat,
  events: z.number().int(),
  withBody: z.number().int().describe('Those that carry a body: a browser’s HAR has many that carry none.'),
  bodyBytes: z.number().int(),
  secrets: z.number().int().describe('Values of headers and query fields that let somebody in.'),
  leftOut: z.number().int().describe('Entries that are no event: attempts to deliver one.'),
  types: z.array(z.object({ name: z.string(), count: z.number().int() })).describe('The most frequent first.'),
  firstAt: z.number().nullable(),
  lastAt: z.number().nullable(),
})
export type ImportSummary = z.infer<typeof ImportSummary>

/** What is to become of a checked file. */
export const ImportChoice = z.object({
  sourceId: SourceId.nullable(),
  secrets: SecretsChoice,
  only: z.enum(['all', 'with-body']),
})
export type ImportChoice = z.infer<typeof ImportChoice>

interface Run<I> {
  id: I
  projectId: ProjectId
  createdAt: number
}

/** One making of a file. */
export type ExportRun = Run<ExportId> & { format: ExchangeFormat; secrets: SecretsChoice } & (
    | { state: 'running'; progress: ExportProgress }
    | { state: 'done'; file: ExportFile }
    | { state: 'failed'; reason: string }
    | { state: 'canceled' }
  )

/** One taking of a file: it comes in parts, is checked whole, and then kept, all of it or nothing. */
export type ImportRun = Run<ImportId> & { fileName: string; sizeBytes: number } & (
    | { state: 'receiving'; receivedBytes: number }
    | { state: 'checking'; readBytes: number }
    | { state: 'checked'; summary: ImportSummary }
    | { state: 'refused'; reason: string; hint: string }
    | { state: 'storing'; summary: ImportSummary; done: number; total: number }
    | { state: 'done'; summary: ImportSummary; events: number }
    | { state: 'failed'; reason: string }
    | { state: 'canceled' }
  )
