import type { LookupFunction } from 'node:net'
import type { Agent, Dispatcher } from 'undici'
import type { Failure } from '#shared/model/failure.ts'
import { RelayUnreachedError, type AddressGuard, type RelayCaller, type RelaySession } from '#main/engine/ports.ts'
import { createAuthorities } from './dial/authorities.ts'
import { dial, type ConnectStage, type DialOptions } from './dial/dial.ts'
import { createLookup } from './dial/lookup.ts'
import { NO_PROXIES, type Proxies } from './dial/proxies.ts'
import { failureFrom } from './failure-from-error.ts'

export interface RelayCallerOptions {
  lookup?: LookupFunction
  /** Certificate authorities to trust in place of the system's, as PEM. */
  ca?: readonly string[]
  guard?: AddressGuard
  proxies?: Proxies
}

const VERIFIED = { verify: true, ca: null }
const CLOSED_ON_PURPOSE = new Error('The session was closed')

/** Calls other relays over undici, through the same guard and proxies as deliveries. */
export function createRelayCaller({ lookup, ca, guard, proxies = NO_PROXIES }: RelayCallerOptions): RelayCaller {
  const options: DialOptions = {
    lookup: lookup ?? createLookup(),
    guard: guard ?? null,
    proxies,
    authorities: createAuthorities(ca),
    onUnverified: () => {},
  }
  return { open: (origin) => openSession(origin, options) }
}

/** Why a socket could not be opened, kept through what undici makes of it. */
class DialFailedError extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.detail)
    this.failure = failure
  }
}

async function openAgent(options: DialOptions): Promise<Agent> {
  const undici = await import('undici')
  return new undici.Agent({
    allowH2: false,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (target, done) => {
      let stage: ConnectStage = 'connect'
      const secure = target.protocol === 'https:'
      const host = target.hostname.replace(/^\[|\]$/g, '')
      const port = target.port ? Number(target.port) : secure ? 443 : 80
      dial({ secure, host, port, tls: VERIFIED }, options, {
        onStage: (next) => (stage = next),
        onSocket: () => {},
        done: (error, socket) => {
          if (socket) done(null, socket)
          else done(new DialFailedError(failureFrom(error, stage === 'ready' ? 'connect' : stage)), null)
        },
      })
    },
  })
}

function openSession(origin: string, options: DialOptions): RelaySession {
  let opening: Promise<Agent> | null = null

  return {
    async call({ method, path, headers, body }, signal) {
      const request: Dispatcher.RequestOptions = { origin, path, method, headers: { ...headers }, body, signal }
      const agent = await (opening ??= openAgent(options))
      const {
        statusCode,
        headers: answered,
        body: stream,
      } = await agent.request(request).catch((error: unknown) => Promise.reject(meant(error, 'headers', signal)))
      return { status: statusCode, headers: plain(answered), body: chunksOf(stream, signal) }
    },
    async close() {
      await (await opening)?.destroy(CLOSED_ON_PURPOSE)
    },
  }
}

async function* chunksOf(stream: Dispatcher.ResponseData['body'], signal: AbortSignal): AsyncGenerator<Uint8Array> {
  // Whoever stops reading in the middle drops the socket, whose error then has no other listener.
  stream.on('error', () => {})
  try {
    for await (const chunk of stream) yield chunk as Uint8Array
  } catch (error) {
    throw meant(error, 'body', signal)
  }
}

function meant(error: unknown, phase: 'headers' | 'body', signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason
  return new RelayUnreachedError(error instanceof DialFailedError ? error.failure : failureFrom(error, phase))
}

function plain(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
}
