import { Pool, type Dispatcher } from 'undici'
import type { HeaderList } from '#shared/model/header.ts'

export interface RawLoad {
  url: string
  headers: HeaderList
  body: Buffer
  connections: number
  durationMs: number
}

/** POST/s of undici alone: the better of its two ways to send. */
export async function measureRawPosts(load: RawLoad): Promise<{ request: number; dispatch: number }> {
  const { origin, pathname } = new URL(load.url)
  const pool = new Pool(origin, { connections: load.connections, pipelining: 1 })
  const options = { path: pathname, method: 'POST', headers: sendable(load.headers), body: load.body } as const
  try {
    await ratePerSecond({ ...load, durationMs: load.durationMs / 4 }, () => viaRequest(pool, options))
    const request = await ratePerSecond(load, () => viaRequest(pool, options))
    const dispatch = await ratePerSecond(load, () => viaDispatch(pool, options))
    return { request, dispatch }
  } finally {
    await pool.close()
  }
}

/** As the engine sends them, but for the ones that undici sets itself. */
function sendable(headers: HeaderList): string[] {
  const own = new Set(['host', 'content-length', 'connection'])
  return headers.filter(([name]) => !own.has(name.toLowerCase())).flat()
}

async function viaRequest(pool: Pool, options: Dispatcher.DispatchOptions): Promise<void> {
  const { body } = await pool.request(options as Parameters<Pool['request']>[0])
  await body.arrayBuffer()
}

function viaDispatch(pool: Pool, options: Dispatcher.DispatchOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    pool.dispatch(options, {
      onRequestStart() {},
      onResponseStart() {},
      onResponseData() {},
      onResponseEnd: () => resolve(),
      onResponseError: (_controller, error) => reject(error),
    })
  })
}

/** Keeps every connection busy for the whole duration. */
async function ratePerSecond({ connections, durationMs }: RawLoad, send: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  let sent = 0
  const lane = async () => {
    while (performance.now() - startedAt < durationMs) {
      await send()
      sent += 1
    }
  }
  await Promise.all(Array.from({ length: connections }, lane))
  return (sent / (performance.now() - startedAt)) * 1000
}
