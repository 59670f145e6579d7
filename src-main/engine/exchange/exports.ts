import { AppError } from '#shared/model/app-error.ts'
import type { ExchangeFormat, ExportRun, SecretsChoice } from '#shared/model/exchange/exchange-run.ts'
import { EventId, type ProjectId } from '#shared/model/ids.ts'
import type { EventFilter } from '#shared/model/filter/meaning/event-filter.ts'
import { StoreUnavailableError, type Clock, type Ids, type Log } from '../ports.ts'
import type { EventsApi } from '../engine.ts'
import { CopyAbortedError } from '../storage/storage-files.ts'
import type { ExchangeFiles } from './exchange-files.ts'
import { createRuns, wrongState } from './runs.ts'

/** Which events: named ones, or those that a filter takes. */
export type ExportedEvents = { eventIds: readonly string[] } | { filter: EventFilter }

export interface ExportWish {
  format: ExchangeFormat
  secrets: SecretsChoice
  deliveries: boolean
  events: ExportedEvents
}

export interface ExportsApi {
  list(projectId: ProjectId): readonly ExportRun[]
  /** Throws `AppError` `not_found`. */
  get(projectId: ProjectId, id: string): ExportRun
  /** Begins one. Throws `AppError` `exchange_busy` while too many are made. */
  start(projectId: ProjectId, wish: ExportWish): ExportRun
  /** Gives one up; nothing of it is left. Throws `AppError` `not_found`, `exchange_state`. */
  cancel(projectId: ProjectId, id: string): Promise<ExportRun>
  /** What it made. Throws `AppError` `not_found`, `exchange_state`. */
  file(projectId: ProjectId, id: string): Promise<{ name: string; content: Blob }>
  remove(projectId: ProjectId, id: string): Promise<void>
  stop(): Promise<void>
}

export interface ExportsDeps {
  files: ExchangeFiles
  events: Pick<EventsApi, 'list'>
  clock: Clock
  ids: Ids
  log: Log
}

/** More would be no file that anything opens. */
export const MOST_EXPORTED = 100_000
const MOST_AT_ONCE = 2
const PAGE = 500

export function createExports({ files, events, clock, ids, log }: ExportsDeps): ExportsApi {
  const runs = createRuns<ExportRun>('export', ({ id }) => void files.removeExport(id))
  const making = new Map<string, { abort: AbortController; ended: Promise<void> }>()

  async function make(run: ExportRun, wish: ExportWish, signal: AbortSignal): Promise<void> {
    const { id, projectId, createdAt, format, secrets } = run
    const head = { id, projectId, createdAt, format, secrets }
    try {
      const eventIds =
        'filter' in wish.events
          ? await idsOf(events, { projectId, filter: wish.events.filter, signal })
          : known(wish.events.eventIds)
      const order = { id, format, secrets, deliveries: wish.deliveries, eventIds, createdAt }
      runs.set({ ...head, state: 'running', progress: { events: 0, total: eventIds.length } })
      const file = await files.write(order, {
        signal,
        onProgress: (progress) => runs.set({ ...head, state: 'running', progress }),
      })
      runs.set({ ...head, state: 'done', file })
    } catch (error) {
      if (error instanceof CopyAbortedError || signal.aborted) return runs.set({ ...head, state: 'canceled' })
      const isKnown = error instanceof StoreUnavailableError || error instanceof AppError
      if (!isKnown) log.error('An export failed unexpectedly', { error: String(error) })
      runs.set({ ...head, state: 'failed', reason: isKnown ? error.message : 'an internal error' })
    }
  }

  return {
    list: runs.list,
    get: runs.get,

    start(projectId, wish) {
      if (making.size >= MOST_AT_ONCE) {
        throw new AppError('exchange_busy', 'Other exports are being made.', {
          hint: 'Wait until one is done, or cancel it.',
        })
      }
      const { format, secrets } = wish
      const run: ExportRun = {
        id: ids.next('exp'),
        projectId,
        createdAt: clock.now(),
        format,
        secrets,
        state: 'running',
        progress: { events: 0, total: 0 },
      }
      runs.add(run)
      const abort = new AbortController()
      const ended = make(run, wish, abort.signal).finally(() => making.delete(run.id))
      making.set(run.id, { abort, ended })
      return run
    },

    async cancel(projectId, id) {
      const run = runs.get(projectId, id)
      const under = making.get(id)
      if (!under) throw wrongState('export', run.state, 'Only one that is being made can be canceled.')
      under.abort.abort()
      await under.ended
      return runs.get(projectId, id)
    },

    async file(projectId, id) {
      const run = runs.get(projectId, id)
      if (run.state !== 'done') throw wrongState('export', run.state, 'Wait until it is done.')
      const content = await files.exported(run.id)
      if (content) return { name: run.file.name, content }
      throw new AppError('not_found', 'The file of this export is gone.', { hint: 'Export once more.' })
    },

    async remove(projectId, id) {
      const run = runs.get(projectId, id)
      if (run.state === 'running') throw wrongState('export', run.state, 'Cancel it instead.')
      runs.drop(id)
      await files.removeExport(run.id)
    },

    async stop() {
      for (const { abort } of making.values()) abort.abort()
      await Promise.all([...making.values()].map(({ ended }) => ended))
    },
  }
}

/** Oldest first; an id sorts by its time. */
function known(eventIds: readonly string[]): EventId[] {
  return [...new Set(eventIds)].flatMap((id) => EventId.safeParse(id).data ?? []).toSorted()
}

/** Oldest first. Throws `AppError` where there are too many. */
async function idsOf(
  events: Pick<EventsApi, 'list'>,
  wanted: { projectId: ProjectId; filter: EventFilter; signal: AbortSignal },
): Promise<EventId[]> {
  const found: EventId[] = []
  for (let cursor: string | null = null, isMore = true; isMore; isMore = cursor !== null) {
    if (wanted.signal.aborted) throw new CopyAbortedError()
    const page = await events.list({ ...wanted, limit: PAGE, cursor })
    found.push(...page.items.map(({ event }) => event.id))
    if (found.length > MOST_EXPORTED) {
      throw new AppError('invalid_request', `More than ${MOST_EXPORTED.toLocaleString('en-US')} events match.`, {
        field: 'filter',
        hint: 'Narrow the time, and export the rest in a second file.',
      })
    }
    cursor = page.nextCursor
  }
  return found.toReversed()
}
