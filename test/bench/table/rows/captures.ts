// Durable captures a second, beside a server that only reads and answers; both alone in a process of their own.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Pool } from 'undici'
import { startRelay } from '#test/support/relay-process.ts'
import type { Measured } from '../figure.ts'
import { inScratchFolder } from '../scratch.ts'

const CONNECTIONS = 64
const BODY_BYTES = 4_096
const WARM_MS = 1_500
const MEASURED_MS = 5_000
const REACH = 0.6

export async function measure(): Promise<Measured> {
  const bare = fork(join(import.meta.dirname, 'bare-server-process.ts'))
  const [port] = (await once(bare, 'message')) as [number]
  const most = await ratePerSecond(`http://127.0.0.1:${port}/in/inbox`)
  bare.disconnect()
  const captured = await inScratchFolder(async (folder) => {
    const relay = await startRelay(join(folder, 'data'))
    const rate = await ratePerSecond(`${relay.ready.capture}/inbox`)
    await relay.stop()
    return rate
  })
  const value = captured / most
  const result = `${value.toFixed(2)}× (${Math.round(captured)}/s of ${Math.round(most)}/s)`
  return {
    figures: [
      {
        name: `Durable captures a second, ${BODY_BYTES / 1_024} KiB`,
        against: 'a server that reads and answers',
        value,
        result,
        reach: REACH,
        bound: 'least',
        unit: 'times',
      },
    ],
  }
}

/** Answers 200 a second while every connection is busy; no two bodies are equal. */
async function ratePerSecond(address: string): Promise<number> {
  const { origin, pathname } = new URL(address)
  const pool = new Pool(origin, { connections: CONNECTIONS })
  const filling = Buffer.alloc(BODY_BYTES, '{"text":"filling"}')
  let sent = 0
  async function lane(until: number): Promise<void> {
    while (performance.now() < until) {
      const body = Buffer.from(filling)
      body.write(`{"number":"${String(sent++).padStart(12, '0')}"`)
      const headers = { 'content-type': 'application/json' }
      const answer = await pool.request({ method: 'POST', path: pathname, headers, body })
      await answer.body.dump()
      if (answer.statusCode !== 200) throw new Error(`It answered ${answer.statusCode}`)
    }
  }
  const all = (ms: number) => Promise.all(Array.from({ length: CONNECTIONS }, () => lane(performance.now() + ms)))
  try {
    await all(WARM_MS)
    const [before, startedAt] = [sent, performance.now()]
    await all(MEASURED_MS)
    return ((sent - before) / (performance.now() - startedAt)) * 1_000
  } finally {
    await pool.close()
  }
}
