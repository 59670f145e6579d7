import type { Timings } from '#shared/model/attempt.ts'
import type { Failure } from '#shared/model/failure.ts'
import type { HeaderList } from '#shared/model/header.ts'

export interface TransportRequest {
  method: string
  /** Absolute http or https URL. */
  url: string
  headers: HeaderList
  body: Uint8Array
  /** One deadline from this call to the last byte of the answer. */
  timeoutMs: number
  /** The answer is read to here, then the socket is dropped. */
  responseLimitBytes: number
  /** How the receiver's certificate is judged; sockets are never shared between requests that differ in it. */
  tls?: RequestTls
  /** True never takes a kept-alive socket, but opens a new one. */
  fresh?: boolean
}

/** `ca` holds more authorities to trust, as PEM. */
export interface RequestTls {
  verify: boolean
  ca: string | null
}

export interface TransportResponse {
  status: number
  headers: HeaderList
  body: Uint8Array<ArrayBuffer>
  truncated: boolean
  remoteAddress: string | null
}

/**
 * What came of one send. Both can be present: an answer whose body was cut has its status and a failure.
 * Statuses are not judged here.
 */
export interface TransportResult {
  response: TransportResponse | null
  failure: Failure | null
  timings: Timings
}

/**
 * Sends one request, once: no redirects, no decompression, no hidden second try. Never rejects. A request that died on a
 * kept-alive socket before an answer began ends as `stale_connection`; it may have been received.
 */
export interface Transport {
  /** `signal` aborts the send; it then ends as `interrupted`. */
  send(request: TransportRequest, signal: AbortSignal): Promise<TransportResult>
  close(): Promise<void>
}
