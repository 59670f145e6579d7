import { createWriteStream, rmSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import Database from 'better-sqlite3'
import type { ExportProgress } from '#shared/model/exchange/exchange-run.ts'
import { LINES_VERSION, type ExchangeLine, type ExportedEvent } from '#shared/model/exchange/exported-event.ts'
import { harEntries, harFrame } from '#shared/model/exchange/har.ts'
import { withoutSecrets } from '#shared/model/exchange/hide-secrets.ts'
import { CopyAbortedError, type ExportOrder } from '#main/engine/ports.ts'
import { prepareReadExported } from './read-exported.ts'

export interface ExportTask extends ExportOrder {
  /** Of the database, and of the file to write. */
  from: string
  to: string
  captureOrigin: string
  /** Of the program. */
  version: string
}

interface Watch {
  onProgress(progress: ExportProgress): void
  isAborted(): boolean
}

/** Progress is told after so many events, and an abort noticed. */
const EVENTS_PER_STEP = 50

/** Writes events of the database into a new file; answers how many there were. Rejects with `CopyAbortedError`. */
export async function writeExport(task: ExportTask, watch: Watch): Promise<number> {
  const db = new Database(task.from, { readonly: true, fileMustExist: true })
  let count = 0
  try {
    const read = prepareReadExported(db, task)
    const events = function* () {
      for (const [index, id] of task.eventIds.entries()) {
        if (index % EVENTS_PER_STEP === 0) {
          if (watch.isAborted()) throw new CopyAbortedError()
          watch.onProgress({ events: count, total: task.eventIds.length })
        }
        const event = read(id)
        if (event === null) continue
        count += 1
        yield task.secrets === 'hidden' ? withoutSecrets(event) : event
      }
    }
    const texts = task.format === 'har' ? harTexts(events(), task) : lineTexts(events(), task)
    await pipeline(breathing(texts), createWriteStream(task.to, { flags: 'wx', mode: 0o600 }))
    return count
  } catch (error) {
    rmSync(task.to, { force: true })
    throw error
  } finally {
    db.close()
  }
}

/** Lets messages in between: an abort comes as one. */
function breathing(texts: Iterable<string>): Readable {
  return Readable.from(
    (async function* () {
      let count = 0
      for (const text of texts) {
        yield text
        if (++count % EVENTS_PER_STEP === 0) await new Promise(setImmediate)
      }
    })(),
  )
}

function* lineTexts(events: Iterable<ExportedEvent>, { createdAt, secrets }: ExportTask): Generator<string> {
  const line = (value: ExchangeLine) => `${JSON.stringify(value)}\n`
  yield line({
    kind: 'hookloop-events',
    version: LINES_VERSION,
    exportedAt: new Date(createdAt).toISOString(),
    secrets,
  })
  let count = 0
  for (const event of events) {
    yield line({ kind: 'event', ...event })
    count += 1
  }
  yield line({ kind: 'end', events: count })
}

function* harTexts(events: Iterable<ExportedEvent>, { version, captureOrigin }: ExportTask): Generator<string> {
  const { start, end } = harFrame(version)
  yield start
  let isFirst = true
  for (const event of events) {
    for (const entry of harEntries(event, { captureOrigin })) {
      yield `${isFirst ? '' : ','}\n${JSON.stringify(entry)}`
      isFirst = false
    }
  }
  yield `\n${end}\n`
}
