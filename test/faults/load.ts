import { createHash } from 'node:crypto'
import { Agent, request } from 'node:http'
import type { Acknowledged } from './accounting.ts'

export interface Load {
  acknowledged: Acknowledged[]
  /** Resolves once `count` events in all are acknowledged. */
  reached(count: number): Promise<void>
  stop(): Promise<void>
}

/** Posts bodies that are all different to a capture address, as fast as `senders` allow, through every crash. */
export function startLoad(captureUrl: string, senders: number): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: senders })
  const acknowledged: Acknowledged[] = []
  const waiting = new Set<() => void>()
  let running = true
  let serial = 0

  async function sendUntilStopped(): Promise<void> {
    while (running) {
      const body = JSON.stringify({ serial: serial++, filler: 'x'.repeat(serial % 900) })
      const eventId = await post(captureUrl, body, agent)
      if (eventId !== null) acknowledged.push({ eventId, bodySha256: createHash('sha256').update(body).digest('hex') })
      for (const check of waiting) check()
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

/** The id of the event, or null where the relay did not acknowledge it. */
function post(url: string, body: string, agent: Agent): Promise<string | null> {
  return new Promise((resolve) => {
    const sending = request(
      url,
      { method: 'POST', agent, headers: { 'content-type': 'application/json' } },
      (response) => {
        response.resume()
        const id = response.headers['hookloop-event']
        resolve(response.statusCode === 200 && typeof id === 'string' ? id : null)
      },
    )
    // A refused connection while the relay is down; the pause keeps the senders from spinning.
    sending.on('error', () => setTimeout(() => resolve(null), 5))
    sending.end(body)
  })
}
