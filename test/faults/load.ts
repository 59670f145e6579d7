import { createHash } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { Acknowledged } from './accounting.ts'

export interface Load {
  acknowledged: Acknowledged[]
  /** Resolves once `count` events in all are acknowledged. */
  reached(count: number): Promise<void>
  stop(): Promise<void>
}

/**
 * Posts bodies that are all different to a capture address through every crash, each sender pausing `paceMs` between
 * two posts.
 */
export function startLoad(captureUrl: string, senders: number, paceMs = 0): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: senders })
  const acknowledged: Acknowledged[] = []
  const waiting = new Set<() => void>()
  let running = true
  let serial = 0

  async function sendUntilStopped(): Promise<void> {
    while (running) {
      const body = JSON.stringify({ serial: serial++, filler: 'x'.repeat(serial % 900) })
      const sent = await postTo(captureUrl, body, { agent })
      if (sent) acknowledged.push(sent)
      for (const check of waiting) check()
      if (paceMs > 0) await wait(paceMs)
    }
  }

  const done = Promise.all(Array.from({ length: senders }, sendUntilStopped))
  return {
    acknowledged,
    reached: (count) =>
      new Promise((resolve) => {
        const check = () => {
          if (acknowledged.length < count) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      }),
    async stop() {
      running = false
      await done
      agent.destroy()
    },
  }
}

/** What the relay acknowledged, or null where it did not. */
export function postTo(
  url: string,
  body: string,
  { agent, headers = {} }: { agent?: Agent; headers?: Readonly<Record<string, string>> } = {},
): Promise<Acknowledged | null> {
  const all = { 'content-type': 'application/json', ...headers }
  return new Promise((resolve) => {
    const sending = request(url, { method: 'POST', headers: all, ...(agent && { agent }) }, (response) => {
      response.resume()
      const eventId = response.headers['hookloop-event']
      if (response.statusCode !== 200 || typeof eventId !== 'string') return resolve(null)
      resolve({ eventId, bodySha256: createHash('sha256').update(body).digest('hex') })
    })
    // A refused connection while the relay is down; the pause keeps the senders from spinning.
    sending.on('error', () => setTimeout(() => resolve(null), 5))
    sending.end(body)
  })
}
