import { AppError } from '#shared/model/app-error.ts'
import type { ImportChoice, ImportRun } from '#shared/model/exchange/exchange-run.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { StoreUnavailableError, type Clock, type Ids, type Log } from '../ports.ts'
import { CopyAbortedError } from '../storage/storage-files.ts'
import { ImportRefusal, type ExchangeFiles } from './exchange-files.ts'
import { createRuns, wrongState } from './runs.ts'
import type { ImportStorage } from './store-import.ts'

/** The largest file that is taken. */
export const FILE_BYTES = 1024 ** 3
const MOST_OPEN = 4

export interface ImportsApi {
  list(projectId: ProjectId): readonly ImportRun[]
  /** Throws `AppError` `not_found`. */
  get(projectId: ProjectId, id: string): ImportRun
  /** Opens one for a file of just this size. Throws `AppError` `exchange_busy`, `invalid_request`. */
  open(projectId: ProjectId, file: { fileName: string; sizeBytes: number }): ImportRun
  /** Adds a part, which begins where the one before ended. The last one begins the check. Throws `AppError`. */
  append(projectId: ProjectId, id: string, part: { offset: number; bytes: Uint8Array }): Promise<ImportRun>
  /** Keeps a checked file, all of it or nothing. Throws `AppError` `exchange_state`. */
  start(projectId: ProjectId, id: string, choice: ImportChoice): ImportRun
  /** Gives it up, and takes back what of it was kept. Throws `AppError` `exchange_state`. */
  cancel(projectId: ProjectId, id: string): Promise<ImportRun>
  /** Takes back what an earlier run left half kept. */
  recover(): Promise<void>
  stop(): Promise<void>
}

export interface ImportsDeps {
  files: ExchangeFiles
  storage: ImportStorage
  clock: Clock
  ids: Ids
  log: Log
}

const OVER = ['done', 'failed', 'canceled', 'refused'] as const

export function createImports({ files, storage, clock, ids, log }: ImportsDeps): ImportsApi {
  const runs = createRuns<ImportRun>('import', () => {})
  const working = new Map<string, { abort: AbortController; ended: Promise<void> }>()

  function headOf({ id, projectId, createdAt, fileName, sizeBytes }: ImportRun) {
    return { id, projectId, createdAt, fileName, sizeBytes }
  }

  /** Does what takes a while; whatever comes of it, the run says so. */
  function work(run: ImportRun, task: (signal: AbortSignal) => Promise<ImportRun>): void {
    const abort = new AbortController()
    working.set(run.id, { abort, ended: finish(run, task(abort.signal)) })
  }

  async function finish(run: ImportRun, task: Promise<ImportRun>): Promise<void> {
    const next = await task.catch((error: unknown) => endOf(run, error))
    working.delete(run.id)
    if (OVER.some((state) => state === next.state)) await files.removeImport(run.id)
    runs.set(next)
  }

  function endOf(run: ImportRun, error: unknown): ImportRun {
    const head = headOf(run)
    if (error instanceof CopyAbortedError) return { ...head, state: 'canceled' }
    if (error instanceof ImportRefusal) return { ...head, state: 'refused', reason: error.message, hint: error.hint }
    const isKnown = error instanceof StoreUnavailableError || error instanceof AppError
    if (!isKnown) log.error('An import failed unexpectedly', { error: String(error) })
    return { ...head, state: 'failed', reason: isKnown ? error.message : 'an internal error' }
  }

  function check(run: ImportRun): ImportRun {
    const head = headOf(run)
    const checking: ImportRun = { ...head, state: 'checking', readBytes: 0 }
    runs.set(checking)
    work(checking, async (signal) => {
      const onProgress = (readBytes: number) => runs.set({ ...head, state: 'checking', readBytes })
      return { ...head, state: 'checked', summary: await files.check(run.id, { signal, onProgress }) }
    })
    return checking
  }

  return {
    list: runs.list,
    get: runs.get,

    open(projectId, { fileName, sizeBytes }) {
      if (sizeBytes > FILE_BYTES) {
        throw new AppError('invalid_request', 'The file is larger than 1 GiB.', {
          field: 'sizeBytes',
          hint: 'Split it, or export less of it where it came from.',
        })
      }
      const open = runs.all().filter(({ state }) => !OVER.some((each) => each === state))
      if (open.length >= MOST_OPEN) {
        throw new AppError('exchange_busy', 'Other imports are open.', { hint: 'End or cancel one of them first.' })
      }
      const head = { id: ids.next('imp'), projectId, createdAt: clock.now(), fileName, sizeBytes }
      const run: ImportRun = { ...head, state: 'receiving', receivedBytes: 0 }
      runs.add(run)
      return run
    },

    async append(projectId, id, { offset, bytes }) {
      const run = runs.get(projectId, id)
      if (run.state !== 'receiving') throw wrongState('import', run.state, 'Open another one for another file.')
      if (offset !== run.receivedBytes || offset + bytes.length > run.sizeBytes) {
        throw new AppError(
          'invalid_request',
          `This part does not follow: ${run.receivedBytes} bytes of ${run.sizeBytes} came.`,
          {
            field: 'offset',
            hint: `Send the part that begins at ${run.receivedBytes}.`,
          },
        )
      }
      const next: ImportRun = { ...run, receivedBytes: offset + bytes.length }
      // Said first, so that the same part cannot be added twice at once.
      runs.set(next)
      try {
        await files.append(run.id, bytes)
      } catch (error) {
        runs.set(endOf(run, error))
        await files.removeImport(run.id)
        if (!(error instanceof StoreUnavailableError)) throw error
        throw new AppError('storage_unavailable', `The part was not kept: ${error.message}.`, {
          hint: 'Free disk space, then open another import.',
        })
      }
      return next.receivedBytes === run.sizeBytes ? check(next) : next
    },

    start(projectId, id, choice) {
      const run = runs.get(projectId, id)
      if (run.state !== 'checked') throw wrongState('import', run.state, 'A file is kept once it is checked.')
      if (runs.all().some(({ state }) => state === 'storing')) {
        throw new AppError('exchange_busy', 'Another import is being kept.', { hint: 'Wait until it is done.' })
      }
      const head = headOf(run)
      const { summary } = run
      const total = choice.only === 'with-body' ? summary.withBody : summary.events
      const storing: ImportRun = { ...head, state: 'storing', summary, done: 0, total }
      runs.set(storing)
      work(storing, async (signal) => {
        const onProgress = (done: number) => runs.set({ ...storing, done })
        const events = await storage.store(files.staged(run.id), { ...head, choice }, { signal, onProgress })
        return { ...head, state: 'done', summary, events }
      })
      return storing
    },

    async cancel(projectId, id) {
      const run = runs.get(projectId, id)
      const under = working.get(id)
      if (under) {
        under.abort.abort()
        await under.ended
      } else if (run.state === 'receiving' || run.state === 'checked') {
        await files.removeImport(run.id)
        runs.set({ ...headOf(run), state: 'canceled' })
      } else throw wrongState('import', run.state, 'What is over can no more be canceled.')
      return runs.get(projectId, id)
    },

    async recover() {
      await files.clear()
      await storage.recover()
    },

    async stop() {
      for (const { abort } of working.values()) abort.abort()
      await Promise.all([...working.values()].map(({ ended }) => ended))
    },
  }
}
