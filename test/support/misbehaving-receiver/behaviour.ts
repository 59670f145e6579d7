import type { HeaderList } from '#shared/model/header.ts'

/** What the receiver does with one request. Waits are in ms, sizes in bytes. */
export type Behaviour =
  | Answer
  /** Redirects to `to`. */
  | { do: 'redirect'; status: number; to: string }
  /** Reads the request, then resets the connection without a word. */
  | { do: 'reset' }
  /** Resets the connection once the head has come, its body unread. */
  | { do: 'reset-while-sending' }
  /** Answers the head and half of the promised body, then resets. */
  | { do: 'cut' }
  /** Reads the request and never answers. */
  | { do: 'silence' }
  /** Reads the head and at least `afterBytes` of the body, then reads no more and never answers. */
  | { do: 'stall'; afterBytes: number }
  /** A header line now and then, for ever. */
  | { do: 'trickle-headers'; everyMs: number }
  /** A status at once, then a byte of the body now and then, for ever. */
  | { do: 'drip-body'; status: number; everyMs: number }
  /** A small gzip body that grows to `sizeBytes`. */
  | { do: 'gzip'; sizeBytes: number }
  /** A body of `sizeBytes`, as fast as the sender reads it. */
  | { do: 'huge'; sizeBytes: number }
  /** So many interim answers before a 200. */
  | { do: 'interim'; status: number; count: number }
  /** A 204 that has a body all the same, on a connection that stays open. */
  | { do: 'body-after-204' }
  /** Bytes that are no HTTP answer, then the end. */
  | { do: 'not-http'; bytes: string }
  /** Answers once the head has come, before the body is read, then closes. */
  | { do: 'early'; status: number }
  /** Answers 200 and resets the connection when the next request comes on it. */
  | { do: 'stale' }

/** An ordinary answer, when `delayMs` are over. */
export interface Answer {
  do: 'answer'
  status: number
  headers?: HeaderList
  body?: string
  delayMs?: number
}

/** The request as far as it is known when its behaviour is chosen: its head has come, its body has not. */
export interface Asked {
  /** Counts the receiver's requests from 0. */
  index: number
  method: string
  target: string
  headers: HeaderList
}

/** Chooses for each request; a list is taken in turn and its last one stays. */
export type Script = readonly Behaviour[] | ((asked: Asked) => Behaviour)

/** The status that the sender gets to see; null where none is written. */
export function statusOf(behaviour: Behaviour): number | null {
  switch (behaviour.do) {
    case 'answer':
    case 'redirect':
    case 'drip-body':
    case 'early':
      return behaviour.status
    case 'cut':
    case 'gzip':
    case 'huge':
    case 'interim':
    case 'stale':
      return 200
    case 'body-after-204':
      return 204
    case 'reset':
    case 'reset-while-sending':
    case 'silence':
    case 'stall':
    case 'trickle-headers':
    case 'not-http':
      return null
    default:
      return behaviour satisfies never
  }
}

/** How much of the body is read before it is done; all of it where it does not say. */
export function readsUpTo(behaviour: Behaviour): number {
  switch (behaviour.do) {
    case 'early':
    case 'reset-while-sending':
      return 0
    case 'stall':
      return behaviour.afterBytes
    default:
      return Number.POSITIVE_INFINITY
  }
}
