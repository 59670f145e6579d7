import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { prepareClose } from '../../listener/close-server.ts'
import { createProxies, type Proxies } from '../../listener/client-address.ts'
import { frontOf, type TlsFiles } from '../../listener/front.ts'
import { listen } from '../../listener/listen.ts'
import { INTERNAL_MESSAGE } from '../errors/api-error.ts'
import { createAllowedHosts } from './allowed-hosts.ts'
import { answerJson, type Exchange, refuse } from './answer.ts'
import { type ApiRequestsDeps, createApiRequests } from './api-requests.ts'
import { guardRequest, type Refusal } from './guard-request.ts'
import { ANSWER_HEADERS, setHeaders } from './security-headers.ts'
import { listStaticFiles, readStaticFiles, serveStatic, type StaticFiles } from './static-files.ts'

export interface HttpServerOptions extends Omit<ApiRequestsDeps, 'client'> {
  host: string
  /** 0 takes a free one. */
  port: number
  /** The built window; null serves none. */
  uiDirectory: string | null
  /** Names beside loopback and `host` that the server may be addressed by, with a port or without. */
  allowedHosts: readonly string[]
  /** Those in front of it; none unless given. */
  proxies?: Proxies
  /** Speaks TLS with it. */
  tls?: TlsFiles | null
  /** Whether the engine has started: what `/readyz` tells. */
  isReady(): boolean
  /** What else `/readyz` tells, and whether it all is as it must be. */
  readiness?: () => Promise<{ status: 'ready' | 'not_ready' }>
}

export interface HttpServer {
  /**
   * Rejects with `PortInUseError` where the address cannot be had. Where it speaks TLS, under a name that this machine does not
   * have for itself, `localPort` of loopback is another one that speaks plain HTTP; else it is the same.
   */
  listen(): Promise<{ port: number; localPort: number }>
  /** Ends feeds and idle connections, and waits a moment for calls in progress. */
  close(): Promise<void>
}

/** What needs a token; the rest is the window’s files. */
const API_PATH = /^\/(?:(?:api|rpc|webhooks)(?:\/|$)|(?:graphql|metrics)$)/

const CLOSE_GRACE_MS = 2_000

/** The window, the REST API and the RPC carrier on one port. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { clock, log, live } = options
  let listed: Awaited<ReturnType<typeof listStaticFiles>> = []
  let files: Promise<StaticFiles> | null = null
  const route = createRouting(options, readFiles)

  /** Once; where that failed, as for want of a file handle, whoever asks next has them read again. */
  function readFiles(): Promise<StaticFiles> {
    const reading = (files ??= readStaticFiles(listed))
    reading.catch((error: unknown) => {
      if (files !== reading) return
      files = null
      log.error('The files of the window cannot be read', { error: String(error) })
    })
    return reading
  }

  async function answer(exchange: Exchange): Promise<void> {
    try {
      const refusal = await route(exchange)
      if (refusal) refuse(clock, exchange, refusal)
    } catch (error) {
      log.error('A request failed unexpectedly', { error: String(error) })
      if (exchange.response.headersSent) exchange.response.destroy()
      else refuse(clock, exchange, { code: 'internal_error', message: INTERNAL_MESSAGE })
    }
  }

  const server = createHardenedServer((request, response, awaitsContinue) => {
    void answer({ request, response, awaitsContinue })
  })
  const front = frontOf(server, options.tls ?? null)
  const closeServer = prepareClose(server, clock, front)

  return {
    async listen() {
      listed = await listStaticFiles(options.uiDirectory)
      const { port } = await listen(front, options)
      // Nobody waits for them but who asks for one.
      void readFiles().catch(() => {})
      if (front === server) return { port, localPort: port }
      const local = await listen(server, { host: '127.0.0.1', port: 0, log })
      return { port, localPort: local.port }
    },
    async close() {
      live.close()
      await closeServer(CLOSE_GRACE_MS)
    },
  }
}

function createRouting(options: HttpServerOptions, files: () => Promise<StaticFiles>) {
  const hosts = createAllowedHosts(options.host, options.allowedHosts, Boolean(options.tls))
  const { engine, live, log, info, token, clock, metrics, proxies = createProxies([]) } = options
  const answerApi = createApiRequests({ engine, live, log, info, token, clock, metrics, client: proxies.read })

  return async (exchange: Exchange): Promise<Refusal | null> => {
    const { request, response } = exchange
    setHeaders(response, ANSWER_HEADERS)
    const refusal = guardRequest(request, hosts)
    if (refusal) return refusal

    const url = new URL(`http://localhost${request.url}`)
    if (API_PATH.test(url.pathname)) return answerApi(exchange, url)
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return { code: 'method_not_allowed', message: 'Only GET and HEAD are answered here.', allow: 'GET, HEAD' }
    }
    if (url.pathname === '/healthz') answerJson(response, 200, { status: 'ok' })
    else if (url.pathname === '/readyz') await answerReady(response, options)
    else return answerFile(await files(), exchange)
    return null
  }
}

async function answerReady(response: ServerResponse, options: HttpServerOptions): Promise<void> {
  const ready = { status: 'ready' as const }
  const found = options.isReady() ? await (options.readiness?.() ?? ready) : { status: 'starting' as const }
  answerJson(response, found.status === 'ready' ? 200 : 503, found)
}

function answerFile(files: StaticFiles, { request, response }: Exchange): Refusal | null {
  if (serveStatic(files, request, response)) return null
  const refusal: Refusal = { code: 'not_found', message: 'There is nothing at this address.' }
  return files.size > 0 ? refusal : { ...refusal, hint: 'The window is not built: run `npm run build`.' }
}

type Answer = (request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean) => void

function createHardenedServer(answer: Answer): Server {
  const server = createServer({ headersTimeout: 15_000, requestTimeout: 120_000, insecureHTTPParser: false })
  // The default drops header pairs past a limit without a word, and the guards must see every one.
  server.maxHeadersCount = 0
  server.on('request', (request, response) => answer(request, response, false))
  server.on('checkContinue', (request, response) => answer(request, response, true))
  server.on('clientError', (_error, socket) => {
    if (!socket.writable) socket.destroy()
    else
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () => socket.destroy())
  })
  return server
}
