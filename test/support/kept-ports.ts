import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below those that the system gives to whoever asks for any: while its owner is down, nobody comes by one of these. */
const FIRST = 11_000
const PER_WORKER = 500
/** Two runs at once begin at places of their own, as far apart as one of them goes. */
let asked = process.pid * 16

/** A free port for what is to have it again after a restart; no other worker of the tests is given it. */
export async function keptPort(): Promise<number> {
  const first = FIRST + Number(process.env['VITEST_POOL_ID'] ?? 0) * PER_WORKER
  for (;;) {
    const port = first + (asked++ % PER_WORKER)
    if (await isFree(port)) return port
  }
}

/** Such ports as words for a relay. */
export async function keptPortWords(): Promise<string[]> {
  return ['--port', String(await keptPort()), '--capture-port', String(await keptPort())]
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
