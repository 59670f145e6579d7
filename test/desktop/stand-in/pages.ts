// What pages are given and denied: the scheme that serves them, and the session that they share.
import { EventEmitter } from 'node:events'
import http, { type RequestOptions } from 'node:http'
import https from 'node:https'
import { answers } from './desk-line.ts'

type Handler = (...args: never[]) => unknown
const protocols = new Map<string, (request: Request) => Promise<Response>>()
const privileged: unknown[] = []

export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown[]) => privileged.push(...schemes),
  handle: (scheme: string, handler: (request: Request) => Promise<Response>) => protocols.set(scheme, handler),
}

const rules: Record<string, Handler> = {}
let blocked: readonly string[] = []
let onBlocked: Handler = () => undefined

class Session extends EventEmitter {
  setPermissionRequestHandler = (handler: Handler): void => void (rules['request'] = handler)
  setPermissionCheckHandler = (handler: Handler): void => void (rules['check'] = handler)
  setDevicePermissionHandler = (handler: Handler): void => void (rules['device'] = handler)
  setDisplayMediaRequestHandler = (handler: Handler): void => void (rules['screen'] = handler)
  readonly webRequest = {
    onBeforeRequest: ({ urls }: { urls: readonly string[] }, handler: Handler): void => {
      blocked = urls
      onBlocked = handler
    },
  }
}

export const session = { defaultSession: new Session(), fromPartition: () => new Session() }

/** As the updater uses it: Node's own requests speak the same words. */
export const net = {
  request: ({ session: _session, ...options }: RequestOptions & { session?: unknown }) =>
    options.protocol === 'https:' ? https.request(options) : http.request(options),
}

function answerOf(handler: Handler | undefined, ...args: unknown[]): Promise<unknown> {
  return new Promise((resolve) => (handler as ((...all: unknown[]) => void) | undefined)?.(...args, resolve))
}

answers({
  async serve(url: string) {
    const response = await protocols.get(new URL(url).protocol.slice(0, -1))?.(new Request(url))
    if (response === undefined) throw new Error(`Nobody serves ${url}`)
    const body = new Uint8Array(await response.arrayBuffer())
    return { status: response.status, headers: Object.fromEntries(response.headers), body }
  },
  schemes: () => privileged,
  async permission(name: string, url: string) {
    const request = await answerOf(rules['request'], { getURL: () => url }, name)
    const check = (rules['check'] as ((...args: unknown[]) => unknown) | undefined)?.(
      null,
      name,
      url.replace(/\/$/, ''),
    )
    const device = (rules['device'] as (() => unknown) | undefined)?.()
    return { request, check, device, screen: await answerOf(rules['screen'], {}) }
  },
  async reach(url: string) {
    const isMatched = blocked.some((pattern) => url.startsWith(pattern.replace(/\*.*$/, '')))
    return isMatched ? answerOf(onBlocked, { url }) : { cancel: false }
  },
  download(url: string) {
    let isAllowed = true
    session.defaultSession.emit('will-download', { preventDefault: () => (isAllowed = false) }, { getURL: () => url })
    return isAllowed
  },
})
