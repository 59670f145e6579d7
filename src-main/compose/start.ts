import { createCaptureServer } from '../capture-server/capture-server.ts'
import { createHttpServer } from '../api/http/http-server.ts'
import { createLiveFeed } from '../api/live-feed/live-feed.ts'
import { createPortCarrier, type ApiPort } from '../api/port/serve-port.ts'
import type { Keychain } from '../adapters/keyfile/key-keeping.ts'
import { createKeyfileVault } from '../adapters/keyfile/keyfile-vault.ts'
import { lockDataDirectory } from '../adapters/sqlite/data-lock.ts'
import { createExchangeFiles } from '../adapters/sqlite/exchange/exchange-files.ts'
import { createStorageFiles } from '../adapters/sqlite/storage/storage-files.ts'
import { createStorageWorker } from '../adapters/sqlite/storage/worker-tasks.ts'
import { createThreadReader } from '../adapters/sqlite/reading/reader.ts'
import { createThreadCheckpoints } from '../adapters/sqlite/writing/checkpoints.ts'
import { createThreadSearcher } from '../adapters/sqlite/search/thread/thread-searcher.ts'
import { openSqliteStore } from '../adapters/sqlite/sqlite-store.ts'
import { createIds } from '../adapters/system/ids.ts'
import { createLog } from '../adapters/system/log.ts'
import { openFileLimit } from '../adapters/system/open-files.ts'
import { systemClock as clock } from '../adapters/system/system-clock.ts'
import { systemRandom as random } from '../adapters/system/system-random.ts'
import { createEngine } from '../engine/create-engine.ts'
import { ownerCaller } from '../engine/engine.ts'
import { createRunJournal } from '../engine/gaps/run-journal.ts'
import * as aead from '../engine/secrets/aead.ts'
import { createProxies } from '../listener/client-address.ts'
import type { TlsFiles } from '../listener/front.ts'
import { providers } from '../providers/index.ts'
import { createClosers } from './closers.ts'
import { withCrashPoints } from './crash-points.ts'
import { databaseFile } from './database-file.ts'
import { checkpointThreadFile, readingThreadFile, searchThreadFile, storageWorkerFile } from './installation.ts'
import { describeHolder, forgetSession, writeSession } from './session-file.ts'
import { keepCollectionsShort } from './short-collections.ts'
import { tendYoungPart, youngPart } from './process/young-part.ts'
import { createMetrics } from './observing/metrics.ts'
import { createReadiness } from './observing/readiness.ts'
import { watchEngine, type Watch, type WatchListeners } from './watch/watch.ts'
import { createWayOut } from './way-out.ts'

export interface StartOptions {
  dataDirectory: string
  keyFile: string
  /** The master key itself (base64), in place of the file. */
  key?: string
  /** Of the user's system, for a host that can reach it. */
  keychain?: Keychain
  host: string
  /** Of the window and the API; 0 takes a free one. */
  port: number
  capturePort: number
  /** Made at random where it is left out. */
  token?: string
  /** `team`: strangers may reach it, so that everybody needs a key and no delivery goes to private addresses. */
  mode?: 'local' | 'team'
  /** Origins at which people and senders reach it, where that is not the address it listens on. */
  publicUrl?: string | undefined
  capturePublicUrl?: string | undefined
  /** Further names that the window and the API answer to. */
  allowedHosts?: readonly string[]
  /** Networks of proxies whose word on clients counts, and private ones that deliveries may reach; as CIDR. */
  trustedProxies?: readonly string[]
  allowPrivate?: readonly string[]
  tls?: TlsFiles | null
  keyQuotaPerMinute?: number | undefined
  /** Of a collector that takes OpenTelemetry over HTTP; none gets anything unless it is given. */
  tracesUrl?: string | undefined
  uiDirectory: string
  version: string
  quiet?: boolean
}

export interface Running {
  /** Holds the token in its fragment. */
  windowUrl: string
  apiUrl: string
  captureUrl: string
  token: string
  mode: 'local' | 'team'
  /** The origins that it listens on, which a proxy has in front of it. */
  addresses: { api: string; capture: string }
  dataDirectory: string
  /** Serves the same API over a MessagePort. */
  connectPort(port: ApiPort): void
  /** For what a host shows outside of the window. */
  watch(listeners: WatchListeners): Watch
  /** The machine goes to sleep, and is back: nothing is begun in between, and nothing counted that the sleep cut. */
  suspend(): void
  resume(): void
  /** Finishes what is in flight, at most `graceMs`, then closes everything. */
  stop(graceMs: number): Promise<void>
}

/** Where what is bound to every address is reached from this machine. */
const HERE: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' }

/** Who acts over a port: the desktop's own window. */
const WINDOW_ACTOR = ownerCaller('window', null)

/**
 * Starts the whole product: store, engine, capture port, API port. What was begun is undone when a step fails.
 * Throws typed errors with a sentence for people (data directory in use, damaged or newer database, port in use, …).
 */
export async function start(options: StartOptions): Promise<Running> {
  keepCollectionsShort()
  const closers = createClosers()
  try {
    return await run(options, closers)
  } catch (error) {
    await closers.close()
    throw error
  }
}

async function run(options: StartOptions, closers: ReturnType<typeof createClosers>): Promise<Running> {
  const { dataDirectory, host, version } = options
  const token = options.token ?? Buffer.from(random.bytes(32)).toString('base64url')
  const log = createLog({ quiet: options.quiet ?? false })
  const lock = lockDataDirectory(dataDirectory, describeHolder)
  closers.add(() => lock.release())
  forgetSession(dataDirectory)
  const path = databaseFile(dataDirectory)
  const reader = createThreadReader({ program: readingThreadFile(), path })
  const searcher = createThreadSearcher({ program: searchThreadFile(), path })
  const checkpoints = createThreadCheckpoints({ program: checkpointThreadFile(), path })
  const store = openSqliteStore({ path, log, reader, searcher, checkpoints })
  closers.add(() => store.close())
  const worker = createStorageWorker(storageWorkerFile())
  const files = createStorageFiles({ path, worker })
  let captureUrl = ''
  const captureOrigin = () => new URL(captureUrl).origin
  const exchangeFiles = createExchangeFiles({ path, worker, version, captureOrigin })
  const { mode = 'local', tls = null, allowPrivate = [] } = options
  const ownPorts = new Set<number>()
  const wayOut = { mode, allow: allowPrivate, ownPorts }
  const { guard, transport, relays } = createWayOut({ ...wayOut, clock, log, environment: process.env })
  const proxies = createProxies(options.trustedProxies ?? [])
  closers.add(() => transport.close())
  const vault = createKeyfileVault({ path: options.keyFile, key: options.key, keychain: options.keychain, aead })
  const ids = createIds({ clock, random })
  const metrics = createMetrics(version)
  const engine = await createEngine({
    ...withCrashPoints({ store, transport: metrics.counted(transport) }),
    files,
    exchangeFiles,
    vault,
    guard,
    relays,
    version,
    providers,
    clock,
    ids,
    random,
    log,
    guardsCapture: mode === 'team',
    keyQuotaPerMinute: options.keyQuotaPerMinute ?? null,
  })

  if (options.tracesUrl !== undefined) {
    const { startTraces } = await import('./observing/traces.ts')
    const traces = startTraces({ url: options.tracesUrl, engine, version, clock, log })
    closers.add(() => traces.stop())
  }
  let graceMs = 0
  closers.add(() => engine.stop(graceMs))
  await engine.start()
  const journal = createRunJournal({ runs: store.runs, clock, log })
  closers.add(() => journal.end())
  await journal.begin()

  const capture = createCaptureServer({
    engine,
    clock,
    log,
    host,
    port: options.capturePort,
    openFiles: openFileLimit(),
    proxies,
    tls,
  })
  const scheme = tls ? 'https' : 'http'
  const { port: capturePort } = await capture.listen()
  ownPorts.add(capturePort)
  const captureBase = options.capturePublicUrl ?? options.publicUrl
  captureUrl = `${captureBase ?? `${scheme}://${authority(host, capturePort)}`}/in`
  closers.add(() => capture.close())
  const live = createLiveFeed({ engine, clock, log })
  closers.add(() => live.close())
  const api = {
    engine,
    live,
    log,
    info: { version, mode, captureUrl, droppedConnections: capture.dropped },
  }
  const { port, uiDirectory, publicUrl } = options
  const http = createHttpServer({
    ...api,
    clock,
    host,
    port,
    token,
    uiDirectory,
    allowedHosts: [...(options.allowedHosts ?? []), ...(publicUrl ? [new URL(publicUrl).host] : [])],
    proxies,
    tls,
    isReady: () => true,
    readiness: createReadiness({ store, files, clock }),
    metrics: metrics.expose,
  })
  metrics.watch(engine, { files, dropped: capture.dropped })
  const { port: apiPort, localPort } = await http.listen()
  ownPorts.add(apiPort)
  const here = tls ? '127.0.0.1' : host
  const base = `http://${authority(here, localPort)}`
  closers.add(() => http.close())
  // While the server still carries it to them.
  closers.add(() => engine.subscriptions.stop())

  const urls = { windowUrl: `${base}/#token=${token}`, apiUrl: `${base}/api/v1`, captureUrl }
  const session = { api: urls.apiUrl, window: urls.windowUrl, capture: captureUrl, token, pid: process.pid, version }
  closers.add(writeSession(dataDirectory, session))

  closers.add(tendYoungPart(youngPart(), clock))
  const connect = createPortCarrier()
  return {
    ...urls,
    token,
    mode,
    addresses: {
      api: `${scheme}://${authority(host, apiPort)}`,
      capture: `${scheme}://${authority(host, capturePort)}`,
    },
    dataDirectory,
    watch: (listeners) => watchEngine(engine, listeners),
    connectPort: (port) => connect(port, { ...api, actor: WINDOW_ACTOR, projectRef: null }),
    suspend() {
      engine.suspend()
      void journal.end()
    },
    resume() {
      engine.resume()
      void journal.begin()
    },
    stop(grace) {
      graceMs = grace
      return closers.close()
    },
  }
}

function authority(boundTo: string, port: number): string {
  const host = HERE[boundTo] ?? boundTo
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
