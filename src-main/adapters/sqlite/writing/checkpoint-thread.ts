// Runs on a thread of its own, on a connection of its own: brings the log into the database.
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { configure } from '../opening/configure.ts'
import { type Farewell, isFarewell } from '../threads/end-thread.ts'
import type { Asked, LogLength } from './checkpoints.ts'

const db = new Database(workerData as string, { fileMustExist: true })
configure(db)

function lengthAfter(mode: 'NOOP' | 'PASSIVE'): LogLength {
  const [{ log, checkpointed }] = db.pragma(`wal_checkpoint(${mode})`) as [{ log: number; checkpointed: number }]
  return { log, left: log - checkpointed }
}

function answer({ atLeast }: Asked): LogLength {
  const length = lengthAfter('NOOP')
  return length.left < atLeast ? length : lengthAfter('PASSIVE')
}

parentPort?.on('message', (told: Asked | Farewell) => {
  if (!isFarewell(told)) return parentPort?.postMessage(answer(told))
  db.close()
  parentPort?.close()
})
