import type { EventRecord } from '#shared/model/event.ts'
import type { LinkFrame, RelayedEvent } from '#shared/model/link/frames.ts'
import type { Source } from '#shared/model/source.ts'
import { appendEvent, type AppendDeps } from '../../capture/append-event.ts'
import { sha256Hex } from '../../signing/digest.ts'
import { LinkProblemError } from './link-problem.ts'

export interface RelayedArrival {
  source: Source
  event: RelayedEvent
  repeat: Extract<LinkFrame, { type: 'event' }>['repeat']
  body: Uint8Array
}

/**
 * Stores a relayed event as it came, with the deliveries that it makes here; resolves once that is durable, to whether it
 * was new. Throws `AppError` `storage_unavailable`, `LinkProblemError` where the bytes are not those that were captured.
 */
export async function commitRelayed(
  deps: AppendDeps,
  { source, event, repeat, body }: RelayedArrival,
): Promise<boolean> {
  if (body.length !== event.bodySizeBytes || sha256Hex(body) !== event.bodySha256) throw damaged(event)
  const appended = await appendEvent(deps, {
    event: recordOf(event, { id: deps.ids.next('evt'), projectId: source.projectId, sourceId: source.id }),
    body,
    idempotency: null,
    arrival: { verdict: event.verdict, message: messageOf(event) },
    relayed: { remoteId: event.id, sends: repeat?.sends ?? 1, cause: repeat?.cause ?? null },
  })
  return appended.kind === 'appended'
}

/** What could not prove its message takes no other's place here either. */
function messageOf({ messageId, verdict }: RelayedEvent) {
  if (messageId === null) return null
  return { id: messageId, repeat: verdict?.verdict === 'invalid' ? ('unproven' as const) : ('keep' as const) }
}

function recordOf(event: RelayedEvent, here: Pick<EventRecord, 'id' | 'projectId' | 'sourceId'>): EventRecord {
  const { bodyBase64: _body, verdict: _verdict, messageId: _messageId, receivedAt, origin, hops, ...rest } = event
  return {
    ...rest,
    ...here,
    origin: origin === 'captured' ? 'relayed' : origin,
    editedFrom: null,
    capture: 'complete',
    captureNote: null,
    receivedAt: Date.parse(receivedAt),
    declaredSizeBytes: null,
    // Each machine on its way counts, so that what goes in circles ends.
    hops: hops + 1,
  }
}

function damaged({ id }: RelayedEvent): LinkProblemError {
  return new LinkProblemError({
    kind: 'waiting',
    reason: `The bytes of ${id} are not those that the relay captured.`,
    hint: 'Something between the relay and this machine changes what passes: look for a proxy.',
  })
}
