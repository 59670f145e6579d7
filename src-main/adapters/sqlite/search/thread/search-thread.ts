// Runs on a thread of its own: searches, and keeps the index of the events up with the database.
import { setImmediate, setTimeout as wait } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { keepPlansSteady } from '../../steady-plans.ts'
import { type Answered, failed } from '../../threads/answered.ts'
import { openEventIndex } from '../index/open-event-index.ts'
import { createLocalSearcher } from '../searcher.ts'
import type { Asked, Question } from './told.ts'

/** While searches run, the index is given a turn this often at least, so that it never falls behind for good. */
const TURN_EVERY_MS = 500
/** While events come in, the index leaves the processors to what takes and delivers them: after a step it rests so much longer. */
const REST_SHARE = 3
/** What was told so recently still comes in. */
const COMING_IN_MS = 400
/** So long at most: an index that is far behind makes searches look at much themselves. */
const RESTING_MS = 10_000

const path = workerData as string
const db = keepPlansSteady(new Database(path, { readonly: true, fileMustExist: true }))
let index = openEventIndex(db, path)
let searcher = createLocalSearcher(db, index)
const running = new Map<number, AbortController>()
let isIndexing = false
let isClosing = false
let storedAt = Number.NEGATIVE_INFINITY

const tell = (told: Answered): void => parentPort?.postMessage(told)

async function answer({ kind, id, search, limit }: Question): Promise<void> {
  const calledOff = new AbortController()
  const { signal } = calledOff
  const ask = (): Promise<unknown> => searcher[kind]({ ...search, signal } as never, limit)
  running.set(id, calledOff)
  try {
    const answered = await ask().catch((error: unknown) => {
      if (!isDamage(error)) throw error
      beginAnew()
      return ask()
    })
    tell({ id, answer: answered })
  } catch (error) {
    tell(failed(id, error))
  } finally {
    running.delete(id)
  }
}

/** An index that is damaged gives way to a new one; with one that cannot be written now, searches look further by themselves. */
function takeStep(): boolean {
  try {
    return index.advance() || index.compare()
  } catch (error) {
    if (!isDamage(error)) return false
    beginAnew()
    return true
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(?:CORRUPT|NOTADB)/.test(error.code)
}

function beginAnew(): void {
  index.discard()
  index = openEventIndex(db, path)
  searcher = createLocalSearcher(db, index)
}

/** Goes on until the index is up with the database, a step at a time. */
async function keepUp(): Promise<void> {
  if (isIndexing) return
  isIndexing = true
  try {
    const behindSince = performance.now()
    let lastAt = 0
    let isMore = true
    while (isMore && !isClosing) {
      const startedAt = performance.now()
      const isTurn = running.size === 0 || startedAt - lastAt > TURN_EVERY_MS
      if (isTurn) {
        isMore = takeStep()
        lastAt = performance.now()
      }
      const isResting = isTurn && lastAt - storedAt < COMING_IN_MS && lastAt - behindSince < RESTING_MS
      await (isResting ? wait(REST_SHARE * (lastAt - startedAt), undefined, { ref: false }) : setImmediate())
    }
  } finally {
    isIndexing = false
  }
}

function close(): void {
  if (isClosing) return
  isClosing = true
  for (const calledOff of running.values()) calledOff.abort()
  index.close()
  db.close()
  parentPort?.close()
}

parentPort?.on('message', (asked: Asked) => {
  switch (asked.kind) {
    case 'callOff':
      running.get(asked.id)?.abort()
      return
    case 'stored':
      storedAt = performance.now()
      void keepUp()
      return
    case 'removed':
      if (asked.keys === null) index.compareAll()
      else index.noteRemoved(asked.keys)
      void keepUp()
      return
    case 'close':
      close()
      return
    case 'events':
    case 'countEvents':
    case 'deliveries':
      void answer(asked)
      void keepUp()
  }
})
