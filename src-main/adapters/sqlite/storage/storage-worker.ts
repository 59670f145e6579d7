// Runs on a thread of its own: what takes long and must not hold up a delivery.
import { parentPort, workerData } from 'node:worker_threads'
import { CopyAbortedError, StoreUnavailableError } from '#main/engine/ports.ts'
import { translated } from '../unavailable.ts'
import { copyDatabase } from './copy-database.ts'
import { measureKinds } from './measure-kinds.ts'
import type { Task, Told } from './worker-tasks.ts'

const tell = (told: Told): void => parentPort?.postMessage(told)
let isAborted = false
parentPort?.once('message', () => (isAborted = true))

async function perform(task: Task): Promise<Told> {
  if (task.kind === 'measure') return { kind: 'measured', sizes: measureKinds(task.path) }
  const { from, to } = task
  const onProgress = (progress: { copiedBytes: number; totalBytes: number }) => tell({ kind: 'progress', progress })
  return { kind: 'copied', copied: await copyDatabase({ from, to, onProgress, isAborted: () => isAborted }) }
}

function failed(error: unknown): Told {
  if (error instanceof CopyAbortedError) return { kind: 'aborted' }
  const meant = translated(error)
  const reason = meant instanceof StoreUnavailableError ? meant.message : null
  return { kind: 'failed', reason, message: String(error) }
}

tell(await perform(workerData as Task).catch(failed))
parentPort?.close()
