import { Worker } from 'node:worker_threads'
import type { CopyProgress } from '#shared/model/backup.ts'
import { CopyAbortedError, StoreUnavailableError, type KindSize } from '#main/engine/ports.ts'
import type { Copied } from './copy-database.ts'

/** What the other thread is asked for. */
export type Task = { kind: 'copy'; from: string; to: string } | { kind: 'measure'; path: string }

/** What it tells, in the order in which it comes. */
export type Told =
  | { kind: 'progress'; progress: CopyProgress }
  | { kind: 'copied'; copied: Copied }
  | { kind: 'measured'; sizes: readonly KindSize[] }
  | { kind: 'aborted' }
  | { kind: 'failed'; reason: string | null; message: string }

export interface TaskWatch {
  onProgress?(progress: CopyProgress): void
  signal?: AbortSignal
}

/** Where a task is done: a program file whose thread is its own. */
export interface StorageWorker {
  copy(order: { from: string; to: string }, watch: TaskWatch): Promise<Copied>
  measure(path: string): Promise<readonly KindSize[]>
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
  }
}

function run(program: string, task: Task, { onProgress, signal }: TaskWatch): Promise<Told> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: task })
    const abort = () => worker.postMessage('abort')
    signal?.addEventListener('abort', abort, { once: true })
    if (signal?.aborted) abort()
    worker.on('message', (told: Told) => {
      if (told.kind === 'progress') return onProgress?.(told.progress)
      signal?.removeEventListener('abort', abort)
      resolve(told)
    })
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`The storage worker ended with ${code}`)))
  })
}

function failureOf(told: Told): Error {
  if (told.kind === 'aborted') return new CopyAbortedError()
  if (told.kind !== 'failed') return new Error(`The storage worker told ${told.kind}`)
  return told.reason === null ? new Error(told.message) : new StoreUnavailableError(told.reason)
}
