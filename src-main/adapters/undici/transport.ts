import type { LookupFunction } from 'node:net'
import { NO_TIMINGS } from '#shared/model/attempt.ts'
import type { Failure } from '#shared/model/failure.ts'
import type { Transport, TransportResult } from '#main/engine/ports/transport.ts'
import { createConnectionPool } from './connection-pool.ts'
import { exchange } from './exchange.ts'
import { lookupHost } from './lookup.ts'

export interface TransportOptions {
  /** Sockets kept open for a next request, over all origins. */
  idleLimit?: number
  /** Resolves host names; the system's resolver where it is left out. */
  lookup?: LookupFunction
  /** Certificate authorities to trust in place of the system's, as PEM. */
  ca?: readonly string[]
}

/** Sends over undici's low-level client, one socket per request in flight. */
export function createUndiciTransport({ idleLimit = 256, lookup = lookupHost, ca }: TransportOptions = {}): Transport {
  const pool = createConnectionPool({ idleLimit, lookup, ca })
  let closed = false

  return {
    async send(request, signal) {
      const url = URL.parse(request.url)
      if (!url || !/^https?:$/.test(url.protocol))
        return unsent({ code: 'url_invalid', phase: 'build', detail: 'The URL is not http or https' })
      if (closed || signal.aborted) return unsent({ code: 'interrupted', phase: 'build', detail: 'Hookloop stopped' })
      const connection = pool.take(url.origin)
      const { result, reusable } = await exchange(connection, request, signal)
      if (reusable) pool.giveBack(connection)
      else pool.drop(connection)
      return result
    },
    async close() {
      closed = true
      await pool.close()
    },
  }
}

function unsent(failure: Failure): TransportResult {
  return { response: null, failure, timings: NO_TIMINGS }
}
