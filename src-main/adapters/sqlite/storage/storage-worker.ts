// Runs on a thread of its own: what takes long and must not hold up a delivery.
import { parentPort, workerData } from 'node:worker_threads'
import { CopyAbortedError, ImportRefusal, StoreUnavailableError } from '#main/engine/ports.ts'
import { stageImport } from '../exchange/stage-import.ts'
import { writeExport } from '../exchange/write-export.ts'
import { translated } from '../unavailable.ts'
import { copyDatabase } from './copy-database.ts'
import { measureKinds } from './measure-kinds.ts'
import type { Task, Told } from './worker-tasks.ts'

const tell = (told: Told): void => parentPort?.postMessage(told)
let isAborted = false
parentPort?.once('message', () => (isAborted = true))

const watch = {
  onProgress: (progress: Extract<Told, { kind: 'progress' }>['progress']) => tell({ kind: 'progress', progress }),
  isAborted: () => isAborted,
}

async function perform(task: Task): Promise<Told> {
  switch (task.kind) {
    case 'measure':
      return { kind: 'measured', sizes: measureKinds(task.path) }
    case 'copy':
      return { kind: 'copied', copied: await copyDatabase({ from: task.from, to: task.to, ...watch }) }
    case 'export':
      return { kind: 'exported', events: await writeExport(task.task, watch) }
    case 'stage':
      return { kind: 'staged', summary: await stageImport(task.task, watch) }
  }
}

function failed(error: unknown): Told {
  if (error instanceof CopyAbortedError) return { kind: 'aborted' }
  if (error instanceof ImportRefusal) return { kind: 'refused', reason: error.message, hint: error.hint }
  const meant = translated(error)
  const reason = meant instanceof StoreUnavailableError ? meant.message : null
  return { kind: 'failed', reason, message: String(error) }
}

tell(await perform(workerData as Task).catch(failed))
parentPort?.close()
