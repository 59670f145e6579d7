import type { ExportedAttempt, ExportedEvent } from './exported-event.ts'
import { hideHeaders, hidePath, hideQuery, hideUrl } from './secret-parts.ts'

/** The same event without the values of secret headers, query fields and capture addresses; its bodies stay as they are. */
export function withoutSecrets(event: ExportedEvent): ExportedEvent {
  return {
    ...event,
    path: hidePath(event.path),
    query: event.query === null ? null : hideQuery(event.query),
    headers: hideHeaders(event.headers),
    trailers: hideHeaders(event.trailers),
    deliveries: event.deliveries.map((delivery) => ({
      ...delivery,
      url: delivery.url === null ? null : hideUrl(delivery.url),
      attempts: delivery.attempts.map(attemptWithoutSecrets),
    })),
  }
}

function attemptWithoutSecrets(attempt: ExportedAttempt): ExportedAttempt {
  const { request, response } = attempt
  return {
    ...attempt,
    request: request && { ...request, url: hideUrl(request.url), headers: hideHeaders(request.headers) },
    response: response && { ...response, headers: hideHeaders(response.headers) },
  }
}
