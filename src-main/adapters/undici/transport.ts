import type { LookupFunction } from 'node:net'
import { NO_TIMINGS } from '#shared/model/attempt.ts'
import type { Failure } from '#shared/model/failure.ts'
import type { AddressGuard, Clock, RequestTls, Transport, TransportResult } from '#main/engine/ports.ts'
import { createConnectionPool, type ConnectionPool } from './connection-pool.ts'
import { createAuthorities } from './dial/authorities.ts'
import type { DialOptions } from './dial/dial.ts'
import { createLookup } from './dial/lookup.ts'
import { NO_PROXIES, type Proxies } from './dial/proxies.ts'
import { exchange } from './exchange.ts'
import { readTarget } from './request-target.ts'

export interface TransportOptions {
  clock: Pick<Clock, 'monotonic' | 'after'>
  /** About so many sockets are kept open for a next request, over all origins. */
  idleLimit?: number
  /** Resolves host names; a resolver of our own where it is left out. */
  lookup?: LookupFunction
  /** Certificate authorities to trust in place of the system's, as PEM. */
  ca?: readonly string[]
  /** Whom it may connect to; anyone where it is left out. */
  guard?: AddressGuard
  proxies?: Proxies
  /** Told of each connection whose certificate was let through unverified. */
  onUnverified?: DialOptions['onUnverified']
}

const VERIFIED: RequestTls = { verify: true, ca: null }

/** Sends over undici's low-level client, one socket per request in flight. */
export function createUndiciTransport({ clock, idleLimit = 256, ca, ...options }: TransportOptions): Transport {
  const dialing: DialOptions = {
    lookup: options.lookup ?? createLookup(),
    guard: options.guard ?? null,
    proxies: options.proxies ?? NO_PROXIES,
    authorities: createAuthorities(ca),
    onUnverified: options.onUnverified ?? (() => {}),
  }
  let opening: Promise<ConnectionPool> | null = null
  let closed = false

  /** By the first that is sent: undici is much of what a start would load. */
  async function openPool(): Promise<ConnectionPool> {
    const { Client } = await import('undici')
    return createConnectionPool({ ...dialing, idleLimit, Client, after: (ms, call) => clock.after(ms, call) })
  }

  return {
    async send(request, signal) {
      const target = readTarget(request.url)
      if (!target) return unsent({ code: 'url_invalid', phase: 'build', detail: 'The URL is not http or https' })
      const pool = await (opening ??= openPool())
      if (closed || signal.aborted) return unsent({ code: 'interrupted', phase: 'build', detail: 'Hookloop stopped' })
      const route = { origin: target.origin, tls: request.tls ?? VERIFIED }
      const connection = pool.take(route, { fresh: request.fresh ?? false })
      const { result, reusable } = await exchange(connection, request, {
        interrupts: interruptsOf(signal),
        clock,
        target: target.target,
      })
      if (reusable) pool.giveBack(connection)
      else pool.drop(connection)
      return result
    },
    async close() {
      closed = true
      await (await opening)?.close()
    },
  }
}

/** What a signal is to end, over one listener: adding and removing one for each request looks through all. */
const running = new WeakMap<AbortSignal, Set<() => void>>()

function interruptsOf(signal: AbortSignal): Set<() => void> {
  const known = running.get(signal)
  if (known) return known
  const interrupts = new Set<() => void>()
  running.set(signal, interrupts)
  signal.addEventListener('abort', () => interrupts.forEach((interrupt) => interrupt()), { once: true })
  return interrupts
}

function unsent(failure: Failure): TransportResult {
  return { response: null, failure, timings: NO_TIMINGS }
}
