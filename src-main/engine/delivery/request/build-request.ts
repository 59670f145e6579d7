import type { Delivery } from '#shared/model/delivery.ts'
import type { EndpointConfig } from '#shared/model/endpoint.ts'
import type { EventRecord } from '#shared/model/event.ts'
import { hasOwnHeaders } from '#shared/model/has-own-headers.ts'
import type { Failure } from '#shared/model/failure.ts'
import { type HeaderList, headerValue } from '#shared/model/header.ts'
import type { IntegrationKind, IntegrationSettings } from '#shared/model/integration.ts'
import { isHeaderName, isHeaderValue } from '../../header-rules.ts'
import { filledSettings } from '../../integrations/fill-settings.ts'
import type { TransportRequest } from '../../ports/transport.ts'
import type { SigningScheme } from '../../signing/scheme.ts'
import { withFreshTime } from '../../signing/fresh-time.ts'
import { checkSecret } from '../../signing/secret.ts'
import { signRequest, UnsignableBodyError } from '../../signing/sign.ts'
import { filledHeaders } from './header-template.ts'
import { shownHeaders } from './mask-headers.ts'
import { onceFor } from './once-for.ts'
import { overlaid, relayedHeaders, withoutBodyHeaders } from './relayed-headers.ts'
import type { NamedSecrets } from './secret-template.ts'
import { targetUrl } from './target-url.ts'

export interface BuildInput {
  delivery: Pick<Delivery, 'id' | 'replayId' | 'resign'>
  event: EventRecord
  /** As it goes out. */
  body: Uint8Array
  /** The attempt's number. */
  attempt: number
  destination: Pick<EndpointConfig, 'url' | 'method' | 'headers' | 'forwardPath' | 'tls' | 'policy'>
  /** What kind of integration the destination is; null for a plain one. */
  integration: { kind: IntegrationKind; settings: IntegrationSettings } | null
  /** Of the body, where it is not the event's own any more. */
  contentType: string | null
  /** What the templates of URL and headers are filled with. */
  secrets: NamedSecrets
  /** Who signs and with what, newest secret first; null where nobody does. */
  signing: { scheme: SigningScheme; secrets: readonly string[] } | null
  /** Unix ms, for the signature. */
  now: number
}

/** `shown` is the request as it is recorded, with a template's tokens in place of secrets. */
export type Built = { request: TransportRequest; shown: { url: string; headers: HeaderList } } | { failure: Failure }

/** The request of one attempt, or why it cannot be sent. */
export function buildRequest(input: BuildInput): Built {
  const { event, destination, secrets } = input
  const set = input.integration ? filledSettings(destination.url, input.integration) : destination
  if ('failure' in set) return set
  const target = targetUrl(set.url, { event, forwardPath: destination.forwardPath, secrets })
  if ('failure' in target) return target
  const own = ownHeaders(secrets, destination.headers)
  if ('failure' in own) return own
  const signed = signedMessage(input, { url: target.url, headers: own.headers })
  if ('failure' in signed) return signed
  const [message, ours] = [messageHeaders(input), hookloopHeaders(input)]
  const headers = overlaid([message, own.headers, signed.headers, ours])
  const shown = own.shown === own.headers ? headers : overlaid([message, own.shown, signed.headers, ours])
  const failure = unsendable(headers)
  if (failure) return { failure }
  const { tls, policy } = destination
  const { timeoutMs, responseLimitBytes } = policy
  const { url } = target
  const request = { method: methodOf(input), url, headers, body: signed.body, timeoutMs, responseLimitBytes, tls }
  return { request, shown: { url: target.shown, headers: shownHeaders(headers, shown) } }
}

const ownHeaders = onceFor((secrets: NamedSecrets, templates: HeaderList) => filledHeaders(templates, secrets))

const problemOf = onceFor((scheme: SigningScheme, secrets: readonly string[]) => ({
  text: secrets.map((secret) => checkSecret(scheme, secret)).find((text) => text !== null) ?? null,
}))

function methodOf({ event, destination }: BuildInput): string {
  return destination.method ?? (hasOwnHeaders(event) ? event.method : 'POST')
}

function messageHeaders({ event, contentType }: BuildInput): HeaderList {
  if (!hasOwnHeaders(event)) {
    return [['Content-Type', contentType ?? event.contentType ?? 'application/octet-stream'], OURS]
  }
  const relayed = relayedHeaders(event.headers)
  const own: HeaderList =
    contentType === null ? relayed : overlaid([withoutBodyHeaders(relayed), [['Content-Type', contentType]]])
  const isOurs = event.origin === 'composed' && headerValue(own, 'User-Agent') === null
  return isOurs ? [...own, OURS] : own
}

/** Who sends, where the message says nothing of it. */
const OURS: HeaderList[number] = ['User-Agent', 'Hookloop']

/** The headers of the signature, and the body, which a few senders write it into. */
function signedMessage(
  input: BuildInput,
  { url, headers }: { url: string; headers: HeaderList },
): { headers: HeaderList; body: Uint8Array } | { failure: Failure } {
  const { delivery, event, body, signing, now } = input
  if (!signing || !delivery.resign) return { headers: [], body }
  const { scheme, secrets } = signing
  if (secrets.length === 0) return missing('The endpoint has no signing secret')
  const problem = problemOf(scheme, secrets).text
  if (problem !== null) return missing(problem)
  // A receiver that judges a time in the body would refuse the one of then.
  const fresh = delivery.replayId === null ? body : withFreshTime(scheme, body, now)
  const message = { secrets, id: event.id, timestampMs: now, body: fresh, type: event.type, deliveryId: delivery.id }
  try {
    return signRequest(scheme, { ...message, method: methodOf(input), url, headers })
  } catch (error) {
    if (!(error instanceof UnsignableBodyError)) throw error
    return { failure: { code: 'encoding_failed', phase: 'build', detail: error.message } }
  }
}

function hookloopHeaders({ delivery, event, attempt }: BuildInput): HeaderList {
  const replay: HeaderList = delivery.replayId === null ? [] : [['Hookloop-Replay', delivery.replayId]]
  return [
    ['Hookloop-Event', event.id],
    ['Hookloop-Delivery', delivery.id],
    ['Hookloop-Attempt', String(attempt)],
    ...replay,
    ['Hookloop-Hops', String(event.hops + 1)],
  ]
}

function unsendable(headers: HeaderList): Failure | null {
  for (const [name, value] of headers) {
    if (!isHeaderName(name)) return invalidHeader(`“${name.slice(0, 60)}” is not a header name`)
    if (!isHeaderValue(value))
      return invalidHeader(`The value of ${name} holds a line break or another character that headers cannot carry`)
  }
  return null
}

function invalidHeader(detail: string): Failure {
  return { code: 'header_invalid', phase: 'build', detail }
}

function missing(detail: string): { failure: Failure } {
  return { failure: { code: 'secret_missing', phase: 'build', detail } }
}
