import { Worker } from 'node:worker_threads'
import type { CopyProgress } from '#shared/model/backup.ts'
import type { ExportProgress, ImportSummary } from '#shared/model/exchange/exchange-run.ts'
import { CopyAbortedError, ImportRefusal, StoreUnavailableError, type KindSize } from '#main/engine/ports.ts'
import type { StageTask } from '../exchange/stage-import.ts'
import type { ExportTask } from '../exchange/write-export.ts'
import type { Copied } from './copy-database.ts'

/** What the other thread is asked for. */
export type Task =
  | { kind: 'copy'; from: string; to: string }
  | { kind: 'measure'; path: string }
  | { kind: 'export'; task: ExportTask }
  | { kind: 'stage'; task: StageTask }

/** What it tells, in the order in which it comes. */
export type Told =
  | { kind: 'progress'; progress: CopyProgress | ExportProgress | number }
  | { kind: 'copied'; copied: Copied }
  | { kind: 'measured'; sizes: readonly KindSize[] }
  | { kind: 'exported'; events: number }
  | { kind: 'staged'; summary: ImportSummary }
  | { kind: 'refused'; reason: string; hint: string }
  | { kind: 'aborted' }
  | { kind: 'failed'; reason: string | null; message: string }

export interface TaskWatch<P> {
  onProgress?(progress: P): void
  signal?: AbortSignal
}

/** Where a task is done: a program file whose thread is its own. */
export interface StorageWorker {
  copy(order: { from: string; to: string }, watch: TaskWatch<CopyProgress>): Promise<Copied>
  measure(path: string): Promise<readonly KindSize[]>
  /** Answers how many events were written. */
  writeExport(task: ExportTask, watch: TaskWatch<ExportProgress>): Promise<number>
  /** Throws `ImportRefusal`; progress is in bytes that were read. */
  stageImport(task: StageTask, watch: TaskWatch<number>): Promise<ImportSummary>
}

/** Runs each task on a thread of its own, so that what delivers never waits for it. `program` is the worker's file. */
export function createStorageWorker(program: string): StorageWorker {
  return {
    async copy(order, watch) {
      const told = await run(program, { kind: 'copy', ...order }, watch)
      if (told.kind !== 'copied') throw failureOf(told)
      return told.copied
    },
    async measure(path) {
      const told = await run(program, { kind: 'measure', path }, {})
      if (told.kind !== 'measured') throw failureOf(told)
      return told.sizes
    },
    async writeExport(task, watch) {
      const told = await run(program, { kind: 'export', task }, watch)
      if (told.kind !== 'exported') throw failureOf(told)
      return told.events
    },
    async stageImport(task, watch) {
      const told = await run(program, { kind: 'stage', task }, watch)
      if (told.kind !== 'staged') throw failureOf(told)
      return told.summary
    },
  }
}

/** What a file made by strangers may make a thread hold, in MiB; past it the thread ends, and nothing else. */
const HEAP_MIB = 1_024

function run<P>(program: string, task: Task, { onProgress, signal }: TaskWatch<P>): Promise<Told> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: task, resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB } })
    const abort = () => worker.postMessage('abort')
    signal?.addEventListener('abort', abort, { once: true })
    if (signal?.aborted) abort()
    worker.on('message', (told: Told) => {
      if (told.kind === 'progress') return onProgress?.(told.progress as P)
      signal?.removeEventListener('abort', abort)
      resolve(told)
    })
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`The storage worker ended with ${code}`)))
  })
}

function failureOf(told: Told): Error {
  if (told.kind === 'aborted') return new CopyAbortedError()
  if (told.kind === 'refused') return new ImportRefusal(told.reason, told.hint)
  if (told.kind !== 'failed') return new Error(`The storage worker told ${told.kind}`)
  return told.reason === null ? new Error(told.message) : new StoreUnavailableError(told.reason)
}
