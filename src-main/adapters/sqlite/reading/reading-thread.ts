// Runs on a thread of its own, on a connection of its own: reads that may take long.
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { keepPlansSteady } from '../steady-plans.ts'
import { type Answered, failed } from '../threads/answered.ts'
import { type Farewell, isFarewell } from '../threads/end-thread.ts'
import type { Asked } from './reader.ts'
import { prepareReads } from './reads.ts'

const db = keepPlansSteady(new Database(workerData as string, { readonly: true, fileMustExist: true }))
const reads: Readonly<Record<string, (input: never) => unknown>> = prepareReads(db)

function answer({ id, name, input }: Asked): Answered {
  try {
    return { id, answer: reads[name]!(input as never) }
  } catch (error) {
    return failed(id, error)
  }
}

/** Answered one by one, so that a farewell is heard between two. */
let waiting: Asked[] = []

function answerNext(): void {
  const next = waiting.shift()
  if (!next) return
  parentPort?.postMessage(answer(next))
  if (waiting.length > 0) setImmediate(answerNext)
}

parentPort?.on('message', (told: Asked | Farewell) => {
  if (!isFarewell(told)) {
    if (waiting.push(told) === 1) setImmediate(answerNext)
    return
  }
  waiting = []
  db.close()
  parentPort?.close()
})
