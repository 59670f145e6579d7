import type { IncomingMessage } from 'node:http'
import type { HeaderList } from '#shared/model/header.ts'
import type { ReceivedRequest } from '../engine/engine.ts'
import { parseCaptureTarget } from './capture-target.ts'

/** What the head of a request tells; the body, the judgement on it and the trailers come later. */
export type ReceivedHead = Omit<ReceivedRequest, 'capture' | 'captureNote' | 'body' | 'trailers'>

/** Takes the head as it stood on the wire: pairs in order, duplicates and casing kept. `receivedAt` is unix ms. */
export function receivedHead(
  request: IncomingMessage,
  { receivedAt, remoteAddress }: Pick<ReceivedHead, 'receivedAt' | 'remoteAddress'>,
): ReceivedHead {
  const { path, query } = parseCaptureTarget(request.url ?? '')
  return {
    receivedAt,
    method: request.method ?? '',
    path,
    query,
    httpVersion: request.httpVersion,
    headers: headerPairs(request.rawHeaders),
    declaredSizeBytes: declaredSize(request),
    remoteAddress,
  }
}

/** Null where no length was declared. */
export function declaredSize({ headers }: IncomingMessage): number | null {
  const length = headers['content-length']
  return length === undefined ? null : Number(length)
}

/** Pairs in order, from the flat list of names and values that Node gives. */
export function headerPairs(rawHeaders: readonly string[]): HeaderList {
  const pairs: [string, string][] = []
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    pairs.push([rawHeaders[index]!, rawHeaders[index + 1]!])
  }
  return pairs
}
