import { appendFile, mkdir, rm, stat } from 'node:fs/promises'
import { openAsBlob } from 'node:fs'
import { dirname, join } from 'node:path'
import { StoreUnavailableError, type ExchangeFiles } from '#main/engine/ports.ts'
import { translated } from '../unavailable.ts'
import type { StorageWorker } from '../storage/worker-tasks.ts'
import { readFrames } from './staged-frames.ts'

export interface ExchangeFilesDeps {
  /** Of the database; the files lie in `exchange` beside it. */
  path: string
  worker: StorageWorker
  captureOrigin(): string
  version: string
}

/** Files on their way out and in; none of them outlives the program that made it. */
export function createExchangeFiles({ path, worker, captureOrigin, version }: ExchangeFilesDeps): ExchangeFiles {
  const folder = join(dirname(path), 'exchange')
  const fileOf = (id: string, ending: string) => join(folder, `${id}.${ending}`)

  return {
    clear: () => rm(folder, { recursive: true, force: true }),

    async write(order, watch) {
      const to = fileOf(order.id, 'out')
      await onDisk(() => mkdir(folder, { recursive: true, mode: 0o700 }))
      const events = await worker.writeExport(
        { ...order, from: path, to, captureOrigin: captureOrigin(), version },
        watch,
      )
      return { name: fileName(order), events, bytes: (await stat(to)).size }
    },

    async exported(id) {
      const file = fileOf(id, 'out')
      return (await isThere(file)) ? openAsBlob(file) : null
    },

    removeExport: (id) => rm(fileOf(id, 'out'), { force: true }),

    async append(id, bytes) {
      await onDisk(() => mkdir(folder, { recursive: true, mode: 0o700 }))
      await onDisk(() => appendFile(fileOf(id, 'in'), bytes, { mode: 0o600 }))
    },

    check: (id, { onProgress, signal }) =>
      worker.stageImport({ from: fileOf(id, 'in'), to: fileOf(id, 'staged') }, { onProgress, signal }),

    staged: (id) => readFrames(fileOf(id, 'staged')),

    async removeImport(id) {
      await Promise.all(['in', 'staged'].map((ending) => rm(fileOf(id, ending), { force: true })))
    },
  }
}

function fileName({ createdAt, format }: { createdAt: number; format: 'har' | 'json-lines' }): string {
  const instant = new Date(createdAt).toISOString().slice(0, 19).replaceAll(':', '-')
  return `hookloop-${instant}.${format === 'har' ? 'har' : 'jsonl'}`
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}

async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const meant = translated(error)
    throw meant instanceof StoreUnavailableError
      ? meant
      : new StoreUnavailableError('the folder for exports and imports cannot be written', { cause: error })
  }
}
