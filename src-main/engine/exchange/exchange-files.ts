import type {
  ExchangeFormat,
  ExportFile,
  ExportProgress,
  ImportSummary,
  SecretsChoice,
} from '#shared/model/exchange/exchange-run.ts'
import type { StagedEvent } from '#shared/model/exchange/staged-event.ts'
import type { EventId, ExportId, ImportId } from '#shared/model/ids.ts'

export interface ExportOrder {
  id: ExportId
  format: ExchangeFormat
  secrets: SecretsChoice
  /** With every delivery and attempt of each event. */
  deliveries: boolean
  /** In the order in which they are written; those that are gone by then are left out. */
  eventIds: readonly EventId[]
  createdAt: number
}

export interface ExchangeWatch<P> {
  onProgress(progress: P): void
  /** Aborted to give it up. */
  signal: AbortSignal
}

/** One event of a staged file, with its body. */
export interface StagedEntry {
  event: StagedEvent
  body: Uint8Array
  bodySha256: string
}

/**
 * Files on their way out and in, in a folder of their own, away from what delivers. Whatever cannot be written is a
 * `StoreUnavailableError`; what was given up rejects with `CopyAbortedError` and leaves nothing.
 */
export interface ExchangeFiles {
  /** Removes what an earlier run left. */
  clear(): Promise<void>
  write(order: ExportOrder, watch: ExchangeWatch<ExportProgress>): Promise<ExportFile>
  /** Null where it is gone. */
  exported(id: ExportId): Promise<Blob | null>
  removeExport(id: ExportId): Promise<void>
  /** Adds bytes to what came of a file. */
  append(id: ImportId, bytes: Uint8Array): Promise<void>
  /** Reads a file that came whole, and stages its events. Throws `ImportRefusal`. */
  check(id: ImportId, watch: ExchangeWatch<number>): Promise<ImportSummary>
  /** The staged events in their order, oldest first as far as the file has them so. */
  staged(id: ImportId): AsyncIterable<StagedEntry>
  removeImport(id: ImportId): Promise<void>
}

/** Why a file is not taken, and where; nothing of it was kept. */
export class ImportRefusal extends Error {
  readonly hint: string

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ImportRefusal'
    this.hint = hint
  }
}
