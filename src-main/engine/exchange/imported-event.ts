import type { EventRecord } from '#shared/model/event.ts'
import type { ImportChoice } from '#shared/model/exchange/exchange-run.ts'
import { hideHeaders, hideQuery } from '#shared/model/exchange/secret-parts.ts'
import type { StagedEntry } from './exchange-files.ts'

/** The record of an event that came in a file. It came when it is kept: rules about age and order mean that. */
export function importedEvent(
  { event, body, bodySha256 }: StagedEntry,
  { sourceId, secrets }: ImportChoice,
  at: Pick<EventRecord, 'id' | 'projectId' | 'receivedAt'> & { fileName: string },
): EventRecord {
  const { fileName, ...place } = at
  const { cameAt, ...rest } = event
  const hides = secrets === 'hidden'
  const when = cameAt === null ? '' : `, where it is dated ${new Date(cameAt).toISOString()}`
  return {
    ...place,
    sourceId,
    ...rest,
    origin: 'imported',
    editedFrom: null,
    capture: 'complete',
    captureNote: `Imported from ${fileName}${when}.`,
    query: hides && event.query !== null ? hideQuery(event.query) : event.query,
    headers: hides ? hideHeaders(event.headers) : event.headers,
    trailers: hides ? hideHeaders(event.trailers) : event.trailers,
    bodySha256,
    bodySizeBytes: body.length,
    declaredSizeBytes: null,
    remoteAddress: null,
    hops: 0,
  }
}
