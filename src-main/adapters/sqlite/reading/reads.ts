import type { Database } from 'better-sqlite3'
import { prepareListEntries } from '../audit/list-entries.ts'
import { prepareCounts } from '../stats/counts.ts'
import { prepareEndpointFigures, prepareFigureRows } from '../stats/read-figures.ts'

/** Every read that may take long, by its name: what asks and what answers must pass from thread to thread. */
export function prepareReads(db: Database) {
  return {
    counts: prepareCounts(db),
    auditEntries: prepareListEntries(db),
    figureRows: prepareFigureRows(db),
    endpointFigures: prepareEndpointFigures(db),
  }
}

export type Reads = ReturnType<typeof prepareReads>
export type ReadName = keyof Reads
export type ReadInput<N extends ReadName> = Parameters<Reads[N]>[0]
export type ReadAnswer<N extends ReadName> = ReturnType<Reads[N]>
