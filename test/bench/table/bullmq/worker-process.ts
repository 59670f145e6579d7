// A worker of BullMQ as one would write it to send webhooks: signs as Standard Webhooks asks, posts by one pool that keeps
// its connections, and fails what is not answered 2xx.
import { createHmac } from 'node:crypto'
import { Worker } from 'bullmq'
import { Pool } from 'undici'
import { QUEUE, type WebhookJob, type WorkerMessage, type WorkerOrder } from './job.ts'

const tell = (message: WorkerMessage) => process.send?.(message)
let left = Number.POSITIVE_INFINITY

function begin({ socket, url, headers, secretBase64, connections }: WorkerOrder): void {
  const { origin, pathname } = new URL(url)
  const pool = new Pool(origin, { connections })
  const secret = Buffer.from(secretBase64, 'base64')
  const common = Object.fromEntries(headers)

  async function send({ id, body }: WebhookJob): Promise<{ status: number }> {
    const timestamp = String(Math.floor(Date.now() / 1_000))
    const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
    const signed = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
    const answer = await pool.request({ method: 'POST', path: pathname, headers: { ...common, ...signed }, body })
    await answer.body.dump()
    if (answer.statusCode >= 300) throw new Error(`answered ${answer.statusCode}`)
    return { status: answer.statusCode }
  }

  const worker = new Worker<WebhookJob>(QUEUE, ({ data }) => send(data), {
    connection: { path: socket },
    concurrency: connections,
  })
  worker.on('completed', () => {
    left -= 1
    if (left === 0) tell('reached')
  })
  worker.once('ready', () => tell('ready'))
  process.once('disconnect', () => process.exit(0))
}

process.on('message', (order: WorkerOrder | number) => {
  if (typeof order === 'number') left = order
  else begin(order)
})
