import type { ProjectId, SourceId } from '#shared/model/ids.ts'
import type { Link } from '#shared/model/link/link.ts'
import type { Change } from '../engine.ts'
import type { Feed } from '../feed.ts'
import type { Clock, LinkStore, Log } from '../ports.ts'
import type { Reporting } from './link-runner.ts'

/** How long deliveries that end are gathered, so that many share a call. */
const GATHER_MS = 1_000
/** Of so many events at once. */
const BATCH = 100
/** What one call may carry. */
const MOST_OUTCOMES = 200

export interface OutcomeReportsDeps {
  store: Pick<LinkStore, 'unreported' | 'reported'>
  changes: Feed<Change>
  clock: Clock
  log: Log
}

/** Tells relays what became of their events here. Nothing of it holds up a link. */
export interface OutcomeReports {
  /** The link is live, until the next call for it or `end`. */
  begin(link: Link, reporting: Reporting): void
  end(sourceId: SourceId): void
  stop(): void
}

interface Open {
  projectId: ProjectId
  reporting: Reporting
  isDue: boolean
  isBusy: boolean
}

export function createOutcomeReports({ store, changes, clock, log }: OutcomeReportsDeps): OutcomeReports {
  const open = new Map<SourceId, Open>()
  let cancel: (() => void) | null = null

  const unsubscribe = changes.subscribe((change) => {
    if (change.type !== 'delivery.changed' && change.type !== 'deliveries.changed') return
    for (const each of open.values()) if (each.projectId === change.projectId) each.isDue = true
    soon()
  })

  function soon(): void {
    if (cancel || ![...open.values()].some(({ isDue }) => isDue)) return
    cancel = clock.after(GATHER_MS, () => {
      cancel = null
      for (const [sourceId, each] of open) if (each.isDue && !each.isBusy) void report(sourceId, each)
    })
  }

  async function report(sourceId: SourceId, each: Open): Promise<void> {
    each.isDue = false
    each.isBusy = true
    try {
      for (;;) {
        const outcomes = await store.unreported(sourceId, BATCH)
        if (outcomes.length === 0 || open.get(sourceId) !== each) break
        for (let from = 0; from < outcomes.length; from += MOST_OUTCOMES) {
          await each.reporting.report(outcomes.slice(from, from + MOST_OUTCOMES))
        }
        await store.reported(sourceId, outcomes)
      }
    } catch (error) {
      // The next live connection begins with what is left; a link that ended meanwhile needs no word.
      if (open.get(sourceId) === each)
        log.warn('A relay could not be told what became of its events', { error: String(error) })
    }
    each.isBusy = false
    soon()
  }

  return {
    begin(link, reporting) {
      if (!link.reports) return
      open.set(link.sourceId, { projectId: link.projectId, reporting, isDue: true, isBusy: false })
      soon()
    },
    end: (sourceId) => void open.delete(sourceId),
    stop() {
      unsubscribe()
      cancel?.()
      open.clear()
    },
  }
}
