// Sends captures at a steady rate, from a process of its own, whether the answers keep up or not.
import { Pool } from 'undici'

export interface SendOrder {
  /** The capture base. */
  url: string
  perSecond: number
  seconds: number
  bodyBytes: number
}

export interface SendResult {
  /** From the moment that each was due until its answer was whole, in ms: a late start counts as waiting. */
  latenciesMs: readonly number[]
  /** Event ids that were answered 2xx. */
  acknowledged: readonly string[]
  /** Answers other than 2xx, and requests without one. */
  refused: number
  tookMs: number
}

const CONNECTIONS = 128

process.once('message', (order: SendOrder) => {
  void send(order).then((result) => process.send?.(result, () => process.disconnect()))
})

async function send({ url, perSecond, seconds, bodyBytes }: SendOrder): Promise<SendResult> {
  const { origin, pathname } = new URL(url)
  const pool = new Pool(origin, { connections: CONNECTIONS })
  const latenciesMs: number[] = []
  const acknowledged: string[] = []
  const total = perSecond * seconds
  const startedAt = performance.now()

  async function one(index: number): Promise<void> {
    const dueAt = startedAt + (index * 1_000) / perSecond
    // No two bodies are equal, so that none is stored for another.
    const body = Buffer.alloc(bodyBytes, `{"number":${index},"text":"`)
    const headers = { 'content-type': 'application/json' }
    const answer = await pool.request({ method: 'POST', path: `${pathname}/inbox`, headers, body })
    await answer.body.dump()
    latenciesMs.push(performance.now() - dueAt)
    if (answer.statusCode === 200) acknowledged.push(String(answer.headers['hookloop-event']))
  }

  const sent: Promise<unknown>[] = []
  while (sent.length < total) {
    const due = Math.min(total, Math.ceil(((performance.now() - startedAt) * perSecond) / 1_000))
    while (sent.length < due) sent.push(one(sent.length).catch(() => undefined))
    await new Promise((resume) => setTimeout(resume, 1))
  }
  await Promise.all(sent)
  const tookMs = performance.now() - startedAt
  await pool.close()
  return { latenciesMs, acknowledged, refused: total - acknowledged.length, tookMs }
}
