import type { EngineDeps } from '#main/engine/create-engine.ts'
import type { Engine } from '#main/engine/engine.ts'
import { systemClock } from '#main/adapters/system/system-clock.ts'
import { createHttpServer, type HttpServerOptions } from '#main/api/http/http-server.ts'
import { createLiveFeed, type LiveFeed } from '#main/api/live-feed/live-feed.ts'
import type { ApiInfo } from '#main/api/api-context.ts'
import { createTestEngine } from './engine.ts'
import { silentLog } from './silent-log.ts'

export const TEST_TOKEN = 'test-token-of-this-run'

export interface ApiRig {
  engine: Engine
  live: LiveFeed
  info: ApiInfo
  port: number
  /** `http://127.0.0.1:<port>` */
  origin: string
  /** A REST call with the token; `path` begins after `/api/v1`, a body is sent as JSON. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
  stop(): Promise<void>
}

export interface ApiRigOptions extends Partial<Omit<HttpServerOptions, 'engine'>> {
  parts?: Partial<EngineDeps>
  /** Replaces parts of the engine that the API sees. */
  bend?: (engine: Engine) => Engine
}

/** A whole engine behind its HTTP server on a free loopback port; nothing is delivered until `engine.start()`. */
export async function startApiRig({
  parts,
  bend = (engine) => engine,
  ...options
}: ApiRigOptions = {}): Promise<ApiRig> {
  const test = await createTestEngine(parts)
  const engine = bend(test.engine)
  const live = createLiveFeed({ engine, clock: systemClock, log: silentLog })
  const info: ApiInfo = {
    version: '9.9.9',
    mode: 'local',
    captureUrl: 'http://127.0.0.1:4781/in',
    droppedConnections: { slow: 0, displaced: 0, turnedAway: 0 },
  }
  const server = createHttpServer({
    engine,
    live,
    info,
    log: silentLog,
    clock: systemClock,
    token: TEST_TOKEN,
    host: '127.0.0.1',
    port: 0,
    uiDirectory: null,
    allowedHosts: [],
    isReady: () => true,
    ...options,
  })
  const { port } = await server.listen()
  const origin = `http://127.0.0.1:${port}`
  return {
    engine,
    live,
    info,
    port,
    origin,
    call: (method, path, body, headers = {}) =>
      fetch(`${origin}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${TEST_TOKEN}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    async stop() {
      await server.close()
      await test.stop()
    },
  }
}
