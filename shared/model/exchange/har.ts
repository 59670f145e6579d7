import type { HeaderList } from '../header.ts'
import type { ExportedAttempt, ExportedBody, ExportedEvent } from './exported-event.ts'

/** What a HAR of ours says of an entry beside the format's own fields, whose names begin with an underscore. */
export interface HarOrigin {
  kind: 'event' | 'attempt'
  eventId: string
  type: string
  provider: string | null
  /** Of an attempt. */
  deliveryId?: string
  attempt?: number
  endpoint?: string | null
  outcome?: string
}

export interface HarOptions {
  /** Of the capture port, such as `http://127.0.0.1:4781`: a HAR has whole URLs. */
  captureOrigin: string
}

/** What stands before the entries of a HAR 1.2 file, and behind them. */
export function harFrame(version: string): { start: string; end: string } {
  const log = { version: '1.2', creator: { name: 'Hookloop', version } }
  const [start] = JSON.stringify({ log: { ...log, entries: [] } }).split(']}}')
  return { start: start!, end: ']}}' }
}

/** The entries of one event: its capture, then each attempt to deliver it, oldest first. */
export function harEntries(event: ExportedEvent, options: HarOptions): object[] {
  const attempts = event.deliveries.flatMap((delivery) =>
    delivery.attempts.flatMap((attempt) => {
      const entry = attemptEntry(event, attempt)
      const origin: HarOrigin = {
        kind: 'attempt',
        ...originOf(event),
        deliveryId: delivery.id,
        attempt: attempt.number,
        endpoint: delivery.endpoint,
        outcome: attempt.outcome,
      }
      return entry === null ? [] : [{ ...entry, _hookloop: origin }]
    }),
  )
  attempts.sort((a, b) => (a.startedDateTime < b.startedDateTime ? -1 : 1))
  return [{ ...captureEntry(event, options), _hookloop: { kind: 'event', ...originOf(event) } }, ...attempts]
}

function originOf({ id, type, provider }: ExportedEvent) {
  return { eventId: id, type, provider }
}

const NOT_TOLD = {
  status: 0,
  statusText: '',
  httpVersion: 'HTTP/1.1',
  cookies: [],
  headers: [],
  content: { size: 0, mimeType: 'x-unknown' },
  redirectURL: '',
  headersSize: -1,
  bodySize: -1,
}

function captureEntry(event: ExportedEvent, { captureOrigin }: HarOptions) {
  const query = event.query === null ? '' : `?${event.query}`
  return {
    startedDateTime: event.receivedAt,
    time: 0,
    request: request({ ...event, url: `${captureOrigin}${event.path}${query}` }, event.httpVersion),
    response: { ...NOT_TOLD, comment: 'What the sender was answered is not kept with an event.' },
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
    ...(event.remoteAddress !== null && { _remoteAddress: event.remoteAddress }),
  }
}

function attemptEntry({ contentType }: ExportedEvent, attempt: ExportedAttempt) {
  const { request: sent, response, timings } = attempt
  if (sent === null) return null
  return {
    startedDateTime: attempt.startedAt,
    time: timings.totalMs,
    request: request({ ...sent, contentType, body: sent.body ?? { text: '' } }, '1.1'),
    response:
      response === null
        ? {
            ...NOT_TOLD,
            comment: attempt.failure === null ? 'No answer came.' : `No answer came: ${attempt.failure.code}.`,
          }
        : {
            ...NOT_TOLD,
            status: response.status,
            headers: namedPairs(response.headers),
            content: {
              size: sizeOf(response.body),
              mimeType: valueOf(response.headers, 'content-type') ?? 'x-unknown',
              ...contentOf(response.body),
              ...(response.truncated && { comment: 'Only the beginning is kept.' }),
            },
            redirectURL: valueOf(response.headers, 'location') ?? '',
            bodySize: sizeOf(response.body),
          },
    cache: {},
    timings: {
      dns: timings.dnsMs ?? -1,
      // By the format, the time of TLS is part of the time to connect.
      connect: timings.connectMs === null ? -1 : timings.connectMs + (timings.tlsMs ?? 0),
      ssl: timings.tlsMs ?? -1,
      send: 0,
      wait: timings.firstByteMs ?? 0,
      receive: timings.bodyMs ?? 0,
    },
  }
}

interface Request {
  method: string
  url: string
  headers: HeaderList
  contentType: string | null
  body: ExportedBody
}

function request({ method, url, headers, contentType, body }: Request, httpVersion: string) {
  const query = url.split('#')[0]?.split('?').slice(1).join('?') ?? ''
  const size = sizeOf(body)
  return {
    method,
    url,
    httpVersion: `HTTP/${httpVersion || '1.1'}`,
    cookies: [],
    headers: namedPairs(headers),
    queryString: namedPairs(queryPairs(query)),
    ...(size > 0 && {
      postData: {
        mimeType: valueOf(headers, 'content-type') ?? contentType ?? '',
        text: 'text' in body ? body.text : body.base64,
        // The format knows no bytes in requests: a field of our own says so.
        ...('base64' in body && { _encoding: 'base64', comment: 'The text is base64 of the bytes.' }),
      },
    }),
    headersSize: -1,
    bodySize: size,
  }
}

function contentOf(body: ExportedBody) {
  return 'text' in body ? { text: body.text } : { text: body.base64, encoding: 'base64' }
}

function namedPairs(pairs: readonly (readonly [string, string])[]) {
  return pairs.map(([name, value]) => ({ name, value }))
}

function valueOf(headers: HeaderList, name: string): string | null {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? null
}

/** In bytes. */
function sizeOf(body: ExportedBody): number {
  if ('text' in body) return utf8Length(body.text)
  const padding = body.base64.endsWith('==') ? 2 : body.base64.endsWith('=') ? 1 : 0
  return (body.base64.length / 4) * 3 - padding
}

function utf8Length(text: string): number {
  let length = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return length
}

/** Names and values of a query, decoded; as they stand where they cannot be. */
function queryPairs(query: string): [string, string][] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=')
      return equals < 0 ? [decoded(pair), ''] : [decoded(pair.slice(0, equals)), decoded(pair.slice(equals + 1))]
    })
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
