import type { EventDetail } from '#shared/contract/events.ts'
import { countSecrets, hideHeaders, hideQuery } from '#shared/model/exchange/secret-parts.ts'
import type { HeaderList } from '#shared/model/header.ts'

/** The request of an event as a command sends it again. */
export interface CommandRequest {
  method: string
  url: string
  /** Without those that the sending program writes itself. */
  headers: HeaderList
  contentType: string | null
  body: Uint8Array
  /** What the body is called where a command reads it from a file. */
  fileName: string
}

/** A request as one command, to be pasted. */
export interface Command {
  text: string
  /** The command reads the body from a file of that name, which is to be there first. */
  readsFile: boolean
}

/** Headers that only hold between two machines, or that the sending program writes. */
const LEFT_OUT = new Set([
  'host',
  'content-length',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
])

/** A tab in a header means a space, and would be taken for a key where it is pasted. */
function withoutTabs(value: string): string {
  return value.replaceAll('\t', ' ')
}

/** Where an event’s request goes again; values that let somebody in are placeholders unless `withSecrets`. */
export function commandRequest(
  event: EventDetail,
  body: Uint8Array,
  { captureOrigin, withSecrets }: { captureOrigin: string; withSecrets: boolean },
): CommandRequest {
  const sent = event.headers
    .filter(([name]) => !LEFT_OUT.has(name.toLowerCase()))
    .map(([name, value]): [string, string] => [name, withoutTabs(value)])
  const query = event.query === null ? '' : `?${withSecrets ? event.query : hideQuery(event.query)}`
  return {
    method: event.method,
    url: `${captureOrigin}${event.path}${query}`,
    headers: withSecrets ? sent : hideHeaders(sent),
    contentType: event.contentType,
    body,
    fileName: `${event.id}.bin`,
  }
}

/** How many placeholders a command of this event has. */
export function secretsOf({ headers, query }: EventDetail): number {
  return countSecrets({ headers: headers.filter(([name]) => !LEFT_OUT.has(name.toLowerCase())), query })
}

/** Whether text can be pasted as it is: nothing in it is a key to a terminal, and no shell reads lines apart. */
export function isPrintableAscii(text: string): boolean {
  return /^[\u0020-\u007e]*$/.test(text)
}

/** The options of curl but for the body, in order, unquoted. */
export function curlWords({ method, url, headers, contentType, body }: CommandRequest): string[][] {
  // Without these, curl reads braces in a URL as several, and takes `..` out of its path.
  const start = [...(method === 'HEAD' ? ['--head'] : ['-X', method]), '--globoff', '--path-as-is', url]
  // curl leaves a header without a value out unless it ends in a semicolon.
  const options = headers.map(([name, value]) => ['-H', value === '' ? `${name};` : `${name}: ${value}`])
  // curl would call a body a form of its own accord.
  const noType = body.length > 0 && contentType === null ? [['-H', 'Content-Type:']] : []
  return [start, ...options, ...noType]
}
