import { AppError } from '#shared/model/app-error.ts'
import {
  RetryRefusal,
  type BulkRetry,
  type BulkRetryState,
  type DeadLetterFilter,
  type RetrySelection,
} from '#shared/model/bulk-retry.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import { BulkRetryId, type ProjectId } from '#shared/model/ids.ts'
import type { RetryCheck } from '../delivery/retry-check.ts'
import type { Change, DeliveriesApi } from '../engine.ts'
import type { Feed } from '../feed.ts'
import type { Clock, Ids, Log, Page, PageRequest } from '../ports.ts'
import type { DeadLetterGroup, DeadLetterStore } from './dead-letter-store.ts'
import { createRetryRuns } from './retry-runs.ts'

export interface DeadLettersApi {
  groups(query: DeadLetterFilter & { projectId: ProjectId }): Promise<readonly DeadLetterGroup[]>
  list(query: DeadLetterFilter & PageRequest & { projectId: ProjectId }): Promise<Page<Delivery>>
  /** Begins to try them once more, oldest first, in the background. Throws `AppError` `not_found` for an unknown id. */
  retry(
    projectId: ProjectId,
    input: { selection: WantedSelection; ratePerSecond: number | null },
    actor: { name: string },
  ): Promise<BulkRetry>
  retries(query: PageRequest & { projectId: ProjectId }): Promise<Page<BulkRetry>>
  /** Throws `AppError` `not_found`. */
  getRetry(projectId: ProjectId, id: string): Promise<BulkRetry>
  /** Each throws `AppError` `retry_ended` where it is canceled or finished. */
  pauseRetry(projectId: ProjectId, id: string): Promise<BulkRetry>
  resumeRetry(projectId: ProjectId, id: string): Promise<BulkRetry>
  cancelRetry(projectId: ProjectId, id: string): Promise<BulkRetry>
}

type WantedSelection = { deliveryIds: readonly string[] } | { filter: DeadLetterFilter }

export interface DeadLettersDeps {
  store: DeadLetterStore
  deliveries: Pick<DeliveriesApi, 'get'>
  check: RetryCheck
  clock: Clock
  ids: Ids
  log: Log
  changes: Feed<Change>
  onScheduled(deliveries: readonly Delivery[]): void
}

/** `start` goes on with what an earlier run left; `stop` leaves the rest to the next. */
export function createDeadLetters(
  deps: DeadLettersDeps,
): DeadLettersApi & { start(): Promise<void>; stop(): Promise<void> } {
  const { store, clock, ids } = deps
  const runs = createRetryRuns({ ...deps, refusalOf: (item) => refusalOf(deps.check, item) })

  async function getRetry(projectId: ProjectId, id: string): Promise<BulkRetry> {
    const parsed = BulkRetryId.safeParse(id)
    const found = parsed.success ? await store.getRetry(parsed.data) : null
    if (found?.projectId === projectId) return found
    throw new AppError('not_found', `There is no retry “${id}” in this project.`)
  }

  async function move(projectId: ProjectId, id: string, from: readonly BulkRetryState[], to: BulkRetryState) {
    const { id: retryId, state } = await getRetry(projectId, id)
    if (state === to) return getRetry(projectId, id)
    const moved = await store.moveRetry({ retryId, from, to, now: clock.now() })
    if (!moved) throw ended((await getRetry(projectId, id)).state)
    runs.tell(moved)
    if (to === 'running') runs.begin(moved)
    return moved
  }

  async function selectionOf(projectId: ProjectId, wanted: WantedSelection): Promise<RetrySelection> {
    if ('filter' in wanted) return wanted
    const found = await Promise.all([...new Set(wanted.deliveryIds)].map((id) => deps.deliveries.get(projectId, id)))
    return { deliveryIds: found.map(({ id }) => id) }
  }

  return {
    groups: (query) => store.groups(query),
    list: (query) => store.list(query),
    retries: (query) => store.listRetries(query),
    getRetry,
    pauseRetry: (projectId, id) => move(projectId, id, ['running'], 'paused'),
    resumeRetry: (projectId, id) => move(projectId, id, ['paused'], 'running'),
    cancelRetry: (projectId, id) => move(projectId, id, ['running', 'paused'], 'canceled'),

    async retry(projectId, { selection, ratePerSecond }, actor) {
      const retry = await store.createRetry({
        id: ids.next('rty'),
        projectId,
        actor: actor.name,
        selection: await selectionOf(projectId, selection),
        ratePerSecond,
        state: 'running',
        total: 0,
        retried: 0,
        refused: {},
        createdAt: clock.now(),
        finishedAt: null,
      })
      runs.tell(retry)
      runs.begin(retry)
      return retry
    },

    async start() {
      runs.start()
      for (const retry of await store.runningRetries()) runs.begin(retry)
    },
    stop: () => runs.stop(),
  }
}

/** Why a dead letter is not tried again; null where it is. */
function refusalOf(check: RetryCheck, { delivery, eventAt }: { delivery: Delivery; eventAt: number }) {
  if (delivery.state !== 'failed') return 'delivery_not_retryable'
  try {
    check.target(delivery)
    check.window(delivery, eventAt)
    return null
  } catch (error) {
    const reason = RetryRefusal.safeParse(error instanceof AppError && error.code)
    if (!reason.success) throw error
    return reason.data
  }
}

function ended(state: BulkRetryState): AppError {
  return new AppError('retry_ended', `This retry is ${state}.`, { hint: 'Begin a new one.' })
}
