import { RPCLink as FetchLink, type RPCLinkOptions } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import type { ClientContext, ClientLink } from '@orpc/client'
import { isLeaving } from '../browser/leaving.ts'
import { awaitPort } from './port.ts'
import { takeToken } from './token.ts'

/** How the window reaches the engine: a port of the desktop's main process, or HTTP with a token. */
export type Carrier = { kind: 'port'; port: MessagePort } | { kind: 'http'; token: string }

/** How long a page without a token waits for a port before it says how to get in. */
const PORT_GRACE_MS = 400

/** Calls back with the carrier once it is known, or with null where there is none so far; a late port still counts. */
export function pickCarrier(onCarrier: (carrier: Carrier | null) => void): void {
  let settled = false
  awaitPort((port) => {
    settled = true
    onCarrier({ kind: 'port', port })
  })
  const token = takeToken()
  if (token !== null) {
    settled = true
    onCarrier({ kind: 'http', token })
    return
  }
  setTimeout(() => {
    if (!settled) onCarrier(null)
  }, PORT_GRACE_MS)
}

export interface LinkOptions {
  /** Slug of the project that every call is about. */
  project: string
  onUnauthorized: () => void
}

/** Procedures that are about the installation rather than one project. */
const WITHOUT_PROJECT = new Set([
  'account',
  'caller',
  'keys',
  'audit',
  'credentials',
  'projects',
  'backups',
  'storage',
  'system.policies',
  'system.forecast',
])

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** Names the project in the input itself, which every carrier brings along. */
function nameProject(path: readonly string[], input: unknown, project: string): unknown {
  if (WITHOUT_PROJECT.has(path[0] ?? '') || WITHOUT_PROJECT.has(path.join('.'))) return input
  return { project, ...(isObject(input) ? input : {}) }
}

export function createLink(carrier: Carrier, { project, onUnauthorized }: LinkOptions): ClientLink<ClientContext> {
  const interceptors: NonNullable<RPCLinkOptions<ClientContext>['interceptors']> = [
    ({ next, ...call }) => next({ ...call, input: nameProject(call.path, call.input, project) }),
  ]
  if (carrier.kind === 'port') return new PortLink({ port: carrier.port, interceptors })
  return new FetchLink({
    url: `${location.origin}/rpc`,
    headers: { authorization: `Bearer ${carrier.token}` },
    interceptors,
    async fetch(request, init) {
      const response = await fetch(request, { ...init, keepalive: isLeaving() })
      if (response.status === 401) onUnauthorized()
      return response
    },
  })
}
