import type { ProjectId } from '#shared/model/ids.ts'
import type { Change } from '../engine.ts'
import type { Feed } from '../feed.ts'
import type { Clock, EventStore, Log } from '../ports.ts'
import type { DriftStore, JudgedEvent, Judgement } from './drift-store.ts'
import { countBreaks, findDrift } from './find-drift.ts'
import { JUDGED_BYTES, readJson } from './read-json.ts'
import type { TypeSchemas } from './type-schemas.ts'

/** Follows what is stored, and marks events that do not fit the schema of their type; never in the way of a capture. */
export interface DriftWatch {
  start(): Promise<void>
  /** The schema of a type changed: its marked events, and its newest, are judged again. */
  judgeAgain(projectId: ProjectId, type: string): Promise<void>
  stop(): Promise<void>
}

export interface DriftWatchDeps {
  store: DriftStore
  events: Pick<EventStore, 'body'>
  schemas: TypeSchemas
  changes: Feed<Change>
  clock: Clock
  log: Log
}

/** Events that come together are judged together. */
const DELAY_MS = 200
const BATCH = 100
/** How many events may be judged again after a crash: a write for each batch would be for nothing. */
const SAVE_EVERY = 1_000
const MOST_AGAIN = 500

export function createDriftWatch({ store, events, schemas, changes, clock, log }: DriftWatchDeps): DriftWatch {
  let after: string | null = null
  let sinceSaved = 0
  let isStopped = true
  let working: Promise<void> | null = null
  let isWaiting = false
  const breathe = () => new Promise<void>((resolve) => void clock.after(0, resolve))

  async function judge(event: JudgedEvent): Promise<Judgement | null> {
    if (event.capture !== 'complete' || event.bodySizeBytes > JUDGED_BYTES) return null
    const known = schemas.typeOf(event)
    if (!known) return null
    const body = await events.body(event.id)
    const value = body && readJson(body)
    if (value === undefined || value === null) return null
    return { eventId: event.id, breaks: countBreaks(findDrift(schemas.schemaOf(known.type), value)) }
  }

  async function judgeAll(batch: readonly JudgedEvent[]): Promise<Judgement[]> {
    const judgements: Judgement[] = []
    for (const event of batch) {
      const judgement = await judge(event)
      if (!judgement) continue
      judgements.push(judgement)
      // A turn for others after each that cost something.
      await breathe()
    }
    return judgements
  }

  function tell(batch: readonly JudgedEvent[], judgements: readonly Judgement[]): void {
    for (const { eventId, breaks } of judgements) {
      const { projectId } = batch.find(({ id }) => id === eventId)!
      changes.publish({ type: 'event.drifted', projectId, eventId, drift: breaks })
    }
  }

  async function follow(): Promise<void> {
    for (let isMore = true; isMore && !isStopped;) {
      const { events: batch, position } = await store.next({ after, limit: BATCH })
      const drifted = (await judgeAll(batch)).filter(({ breaks }) => breaks > 0)
      sinceSaved += batch.length
      if (drifted.length > 0 || sinceSaved >= SAVE_EVERY) {
        await store.keep({ judgements: drifted, position })
        sinceSaved = 0
      }
      tell(batch, drifted)
      after = position
      isMore = batch.length === BATCH
    }
  }

  function wake(): void {
    if (isWaiting || isStopped) return
    isWaiting = true
    clock.after(DELAY_MS, () => {
      isWaiting = false
      if (isStopped) return
      if (working) return wake()
      working = follow()
        .catch((error: unknown) =>
          log.error('Events could not be held against their schemas', { error: String(error) }),
        )
        .finally(() => (working = null))
    })
  }

  let unsubscribe = () => {}
  return {
    async start() {
      const kept = await store.position()
      after = kept ?? (await store.next({ after: null, limit: 0 })).position
      isStopped = false
      unsubscribe = changes.subscribe(({ type }) => {
        if (type === 'event.captured') wake()
      })
      if (kept !== null) wake()
    },

    async judgeAgain(projectId, type) {
      const batch = await store.ofType({ projectId, type, limit: MOST_AGAIN })
      const judgements = await judgeAll(batch)
      await store.keep({ judgements, position: null })
      tell(batch, judgements)
    },

    async stop() {
      if (isStopped) return
      isStopped = true
      unsubscribe()
      await working
      if (sinceSaved > 0 && after !== null) await store.keep({ judgements: [], position: after })
    },
  }
}
