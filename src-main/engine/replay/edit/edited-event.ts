import type { EventRecord } from '#shared/model/event.ts'
import { hasOwnHeaders } from '#shared/model/has-own-headers.ts'
import { type HeaderList, headerValue } from '#shared/model/header.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { withoutDigests } from '../../delivery/request/relayed-headers.ts'
import type { Clock, Ids, Random } from '../../ports.ts'
import { sha256Hex } from '../../signing/digest.ts'
import { renewIds } from './renew-ids.ts'

/** What replaces the original's own; what is left out stays. */
export interface Edit {
  headers?: HeaderList | undefined
  body?: Uint8Array | undefined
  /** Whether the sender's own id of the message becomes another one. */
  freshIds: boolean
}

export interface EditDeps {
  catalog: Pick<Catalog, 'provider'>
  clock: Pick<Clock, 'now'>
  ids: Ids
  random: Pick<Random, 'fraction'>
}

/**
 * The event that holds an edited message. The original stays as it came; this one points at it, goes by the same type, and
 * has an id of its own.
 */
export function editedEvent(
  { catalog, clock, ids, random }: EditDeps,
  {
    original,
    originalBody,
    edit,
    resign,
  }: {
    original: EventRecord
    originalBody: Uint8Array
    edit: Edit
    resign: boolean
  },
): { event: EventRecord; body: Uint8Array } {
  const given = { headers: edit.headers ?? headersOf(original), body: edit.body ?? originalBody }
  // A digest of other bytes would contradict them; whoever keeps the signature keeps all that belongs to it.
  const isStale = edit.body !== undefined && edit.headers === undefined && resign
  const edited = isStale ? { ...given, headers: withoutDigests(given.headers) } : given
  const provider = original.provider === null ? null : catalog.provider(original.projectId, original.provider)
  const originals = { headers: original.headers, body: originalBody }
  const { headers, body } =
    provider && edit.freshIds && resign ? renewIds(provider, { original: originals, edited }, random) : edited
  const event: EventRecord = {
    ...original,
    id: ids.next('evt'),
    sourceId: null,
    origin: 'composed',
    editedFrom: original.id,
    captureNote: null,
    receivedAt: clock.now(),
    headers,
    trailers: [],
    contentType: headerValue(headers, 'Content-Type'),
    bodySha256: sha256Hex(body),
    bodySizeBytes: body.length,
    declaredSizeBytes: null,
    remoteAddress: null,
  }
  return { event, body }
}

/** Those that go out with it: what a browser said of a page that ingested it is nobody else's business. */
function headersOf(original: EventRecord): HeaderList {
  if (hasOwnHeaders(original)) return original.headers
  return original.contentType === null ? [] : [['Content-Type', original.contentType]]
}
