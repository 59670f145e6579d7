import { z } from 'zod'
import type { EventRecord } from '#shared/model/event.ts'
import type { EventFilter } from '#shared/model/filter/meaning/event-filter.ts'
import type { ImportChoice } from '#shared/model/exchange/exchange-run.ts'
import { type ImportId, ProjectId } from '#shared/model/ids.ts'
import { keepEvents, type AppendDeps } from '../capture/append-event.ts'
import type { EventsApi } from '../engine.ts'
import type { Clock, SettingStore } from '../ports.ts'
import type { RetentionStore } from '../retention/retention-store.ts'
import { CopyAbortedError } from '../storage/storage-files.ts'
import type { ExchangeWatch, StagedEntry } from './exchange-files.ts'
import { importedEvent } from './imported-event.ts'

/** Keeps the events of a checked file: all of them, or none. */
export interface ImportStorage {
  /** Resolves to how many. Rejects with `CopyAbortedError` where it was given up; none is left then. */
  store(
    staged: AsyncIterable<StagedEntry>,
    order: { id: ImportId; projectId: ProjectId; fileName: string; choice: ImportChoice },
    watch: ExchangeWatch<number>,
  ): Promise<number>
  /** Takes back what was half kept when the program ended. */
  recover(): Promise<void>
}

export interface ImportStorageDeps extends AppendDeps {
  clock: Clock
  settings: SettingStore
  events: Pick<EventsApi, 'list'>
  kept: Pick<RetentionStore, 'deleteEvent'>
}

/** Small enough that a delivery hardly waits for one commit. */
const BATCH_EVENTS = 50
const BATCH_BYTES = 2 * 1024 * 1024
const PAGE = 200

/** What is being kept: after a crash, events that came since by an import of this project are taken back. */
const Unfinished = z.object({ projectId: ProjectId, startedAt: z.number() })
const UNFINISHED_SETTING = 'import.unfinished'

export function createImportStorage(deps: ImportStorageDeps): ImportStorage {
  const { clock, ids, settings } = deps

  async function takeBack({ projectId, startedAt }: z.infer<typeof Unfinished>): Promise<void> {
    const filter: EventFilter = [
      { negated: false, kind: 'origin', origins: ['imported'] },
      { negated: false, kind: 'time', since: startedAt, until: null },
    ]
    for (let left = true; left;) {
      const page = await deps.events.list({ projectId, filter, limit: PAGE, cursor: null })
      const removed = await Promise.all(page.items.map(({ event }) => deps.kept.deleteEvent(event.id)))
      // One that a person replayed meanwhile is under way, and stays.
      left = removed.some((counts) => counts !== null)
    }
    deps.changes.publish({ type: 'deliveries.changed', projectId })
  }

  return {
    async store(staged, { projectId, fileName, choice }, { signal, onProgress }) {
      const startedAt = clock.now()
      const unfinished = { projectId, startedAt }
      await settings.put('account', UNFINISHED_SETTING, unfinished)
      let done = 0
      let batch: { event: EventRecord; body: Uint8Array }[] = []
      let batchBytes = 0
      const flush = async (): Promise<void> => {
        if (signal.aborted) throw new CopyAbortedError()
        await keepEvents(deps, batch)
        done += batch.length
        batch = []
        batchBytes = 0
        onProgress(done)
      }
      try {
        for await (const entry of staged) {
          if (choice.only === 'with-body' && entry.body.length === 0) continue
          const place = { id: ids.next('evt'), projectId, receivedAt: Math.max(clock.now(), startedAt), fileName }
          batch.push({ event: importedEvent(entry, choice, place), body: entry.body })
          batchBytes += entry.body.length
          if (batch.length >= BATCH_EVENTS || batchBytes >= BATCH_BYTES) await flush()
        }
        await flush()
      } catch (error) {
        await takeBack(unfinished)
        await settings.put('account', UNFINISHED_SETTING, null)
        throw error
      }
      await settings.put('account', UNFINISHED_SETTING, null)
      return done
    },

    async recover() {
      const found = Unfinished.safeParse(await settings.get('account', UNFINISHED_SETTING))
      if (!found.success) return
      await takeBack(found.data)
      await settings.put('account', UNFINISHED_SETTING, null)
    },
  }
}
