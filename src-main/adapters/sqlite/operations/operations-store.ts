import { DEFAULT_WATCH_HOURS } from '#shared/model/integration.ts'
import type { OperationsStore } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'
import { prepareFigures } from './figures.ts'
import { prepareLog } from './log.ts'
import { prepareMarks } from './version-marks.ts'

export function createOperationsStore({ db, read, write }: Connection): OperationsStore {
  const marks = prepareMarks(db)
  const log = prepareLog(db, DEFAULT_WATCH_HOURS)
  const figures = prepareFigures(db)
  return {
    marks: (endpointId) => read(() => marks.list(endpointId)),
    noteTest: (step) => write(() => marks.noteTest(step)),
    noteReview: (step) => write(() => marks.noteReview(step)),
    log: (query) => read(() => log.page(query)),
    countFlagged: (endpointId) => read(() => log.countFlagged(endpointId)),
    lastSent: (endpointId) => read(() => log.lastSent(endpointId)),
    suppression: (query) => read(() => figures.suppression(query)),
  }
}
