import type { EventRecord } from '#shared/model/event.ts'
import { ANY_EVENT } from '#shared/model/filter/meaning/event-filter.ts'
import { systemClock } from '#main/adapters/system/system-clock.ts'
import {
  type CaptureServer,
  type CaptureServerOptions,
  createCaptureServer,
} from '#main/capture-server/capture-server.ts'
import type { EngineDeps } from '#main/engine/create-engine.ts'
import type { Engine, SourceChange } from '#main/engine/engine.ts'
import type { Clock } from '#main/engine/ports.ts'
import { createTestEngine } from '#test/support/engine.ts'
import { silentLog } from '#test/support/silent-log.ts'

export interface CaptureRig {
  engine: Engine
  server: CaptureServer
  port: number
  /** `http://127.0.0.1:<port>/in` */
  url: string
  source(slug: string, change?: SourceChange): Promise<void>
  /** Everything captured in the default project, oldest first. */
  captured(): Promise<EventRecord[]>
  /** Resolves with the next event that is captured. */
  nextCaptured(): Promise<EventRecord>
  body(event: EventRecord): Promise<Buffer>
  stop(): Promise<void>
}

/** A clock whose waits end at once. */
export const eagerClock: Clock = {
  ...systemClock,
  after(_delayMs, task) {
    const handle = setImmediate(task)
    return () => clearImmediate(handle)
  },
}

export interface CaptureRigOptions extends Partial<CaptureServerOptions> {
  parts?: Partial<EngineDeps>
}

/** A capture server on a free loopback port, before a whole engine. */
export async function startCaptureRig({ parts, ...options }: CaptureRigOptions = {}): Promise<CaptureRig> {
  const test = await createTestEngine(parts)
  const { engine } = test
  const projectId = engine.projects.resolve('default').id
  const server = createCaptureServer({
    engine,
    clock: systemClock,
    log: silentLog,
    host: '127.0.0.1',
    port: 0,
    ...options,
  })
  const { port } = await server.listen()
  return {
    engine,
    server,
    port,
    url: `http://127.0.0.1:${port}/in`,
    async source(slug, change = {}) {
      await engine.sources.create(projectId, { name: slug, slug, ...change })
    },
    async captured() {
      const { items } = await engine.events.list({ projectId, filter: ANY_EVENT, limit: 500, cursor: null })
      return items.map(({ event }) => event).toReversed()
    },
    nextCaptured: () =>
      new Promise((resolve) => {
        const end = engine.changes.subscribe((change) => {
          if (change.type !== 'event.captured') return
          end()
          resolve(change.event)
        })
      }),
    body: async (event) => Buffer.from(await engine.events.body(event)),
    async stop() {
      await server.close(0)
      await test.stop()
    },
  }
}
