import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { NO_TIMINGS } from '#shared/model/attempt.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import type { Transport } from '#main/engine/ports.ts'
import { POLICY } from '#test/conformance/store/records.ts'
import { createWorld } from '#test/conformance/store/world.ts'
import { createTestEngine } from '#test/support/engine.ts'
import { silentLog } from '#test/support/silent-log.ts'

const PENDING = 5_000
const AN_HOUR_AGO = Date.now() - 3_600_000

/** Takes everything at once and remembers in which order it came. */
function recordingTransport(): { transport: Transport; sent: string[]; all: Promise<void> } {
  const sent: string[] = []
  const { promise: all, resolve } = Promise.withResolvers<void>()
  const answer = { status: 200, headers: [], body: new Uint8Array(), truncated: false, remoteAddress: null }
  const transport: Transport = {
    async send({ headers }) {
      sent.push(headers.find(([name]) => name === 'Hookloop-Delivery')![1])
      if (sent.length === PENDING) resolve()
      return { response: answer, failure: null, timings: NO_TIMINGS }
    },
    close: async () => {},
  }
  return { transport, sent, all }
}

it(
  'EN13 drains five thousand pending deliveries from the start in the order in which they are due',
  { timeout: 120_000 },
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'hookloop-backlog-'))
    onTestFinished(() => rmSync(directory, { recursive: true }))
    const path = join(directory, 'hookloop.db')
    const store = openSqliteStore({ path, log: silentLog })
    const { addEndpoint, addEvent } = await createWorld(store)
    const policy = { ...POLICY, provider: 'none', concurrency: 16 }
    const endpoint = await addEndpoint()
    await store.endpoints.addVersion({
      ...endpoint.version,
      id: `${endpoint.version.id}2` as typeof endpoint.version.id,
      number: 2,
      config: { ...endpoint.version.config, policy },
    })
    // Later ones are due earlier, so that the order of capture is not the order of delivery.
    const waiting = await Promise.all(
      Array.from({ length: PENDING }, async (_, index) => {
        const { deliveries } = await addEvent({ to: [endpoint], delivery: { dueAt: AN_HOUR_AGO - index } })
        return deliveries[0]!.id
      }),
    )

    const { transport, sent, all } = recordingTransport()
    const { engine, stop } = await createTestEngine({ store, transport })
    await engine.start()
    await all
    expect(sent).toEqual(waiting.toReversed())
    await stop()

    const after = openSqliteStore({ path, log: silentLog })
    const [project] = await after.projects.list()
    expect(await after.deliveries.countByState(project!.id)).toMatchObject({ scheduled: 0, delivering: 0 })
    await after.close()
  },
)
