import { toInstant } from '#shared/contract/base.ts'
import type { LinkFrame, RelayedEvent } from '#shared/model/link/frames.ts'
import { LINK_PROTOCOL } from '#shared/model/link/subscription.ts'
import type { Told } from '../../../engine/engine.ts'
import { toLagView } from './subscription-view.ts'

/** What a subscriber is told, as it stands on the wire. `version` is this program's. */
export function toFrame(told: Told, version: string): LinkFrame {
  switch (told.kind) {
    case 'hello': {
      const { connection, window, timings, subscription, source, subscriber, lag } = told
      const { id, slug, name, provider } = source
      return {
        type: 'hello',
        version,
        protocol: LINK_PROTOCOL,
        connection,
        heartbeatMs: timings.heartbeatMs,
        silenceMs: timings.silenceMs,
        window,
        source: { id, slug, name, provider },
        subscriber,
        isGroup: subscription.isGroup,
        lag: toLagView(lag),
      }
    }
    case 'event': {
      const { sends, cause } = told.taken
      return { type: 'event', event: toRelayedEvent(told), repeat: cause && { sends, cause } }
    }
    case 'alive':
      return { type: 'alive', at: toInstant(told.at), lag: toLagView(told.lag) }
    case 'end':
      return { type: 'end', reason: told.reason, message: told.message }
  }
}

function toRelayedEvent({ taken: { event, findings }, body }: Extract<Told, { kind: 'event' }>): RelayedEvent {
  return {
    id: event.id,
    type: event.type,
    provider: event.provider,
    origin: event.origin === 'ingested' ? 'ingested' : 'captured',
    receivedAt: toInstant(event.receivedAt),
    method: event.method,
    path: event.path,
    query: event.query,
    httpVersion: event.httpVersion,
    headers: event.headers,
    trailers: event.trailers,
    contentType: event.contentType,
    bodySha256: event.bodySha256,
    bodySizeBytes: event.bodySizeBytes,
    bodyBase64: body && Buffer.from(body).toString('base64'),
    remoteAddress: event.remoteAddress,
    hops: event.hops,
    verdict: findings.verdict,
    messageId: findings.messageId,
  }
}
