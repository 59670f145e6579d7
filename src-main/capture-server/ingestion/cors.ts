import type { IncomingMessage } from 'node:http'
import type { HeaderList } from '#shared/model/header.ts'
import { ANY_ORIGIN, type Source } from '#shared/model/source.ts'

/** How long a browser may remember the answer to its preflight; each request is judged again anyway. */
const REMEMBERED_S = '600'

/** The origin of the page that sends; null for what is no page. */
export function originOf({ headers }: IncomingMessage): string | null {
  return headers.origin ?? null
}

/** Whether a page of this origin may ingest. What is no page needs the key alone. */
export function allowsOrigin({ allowedOrigins }: Source, origin: string | null): boolean {
  return origin === null || allowedOrigins.some((allowed) => allowed === ANY_ORIGIN || allowed === origin)
}

export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
}

/**
 * Lets a page of this origin read the answer. `sendBeacon` always asks with credentials, so browsers want the very
 * origin and this permission; no credentials are read, so nothing is given away by it.
 */
export function readableBy(origin: string | null): HeaderList {
  if (origin === null) return [['Vary', 'Origin']]
  return [
    ['Access-Control-Allow-Origin', origin],
    ['Access-Control-Allow-Credentials', 'true'],
    ['Vary', 'Origin'],
  ]
}

/** What a preflight asks, for a page that may send. */
export function preflightHeaders({ headers }: IncomingMessage): HeaderList {
  const asked: HeaderList = [
    ['Access-Control-Allow-Methods', 'POST'],
    ['Access-Control-Allow-Headers', 'Content-Type'],
    ['Access-Control-Max-Age', REMEMBERED_S],
  ]
  const isPrivate = headers['access-control-request-private-network'] === 'true'
  return isPrivate ? [...asked, ['Access-Control-Allow-Private-Network', 'true']] : asked
}
