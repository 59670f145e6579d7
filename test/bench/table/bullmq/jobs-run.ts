import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { Queue } from 'bullmq'
import { QUEUE, type WebhookJob, type WorkerMessage, type WorkerOrder } from './job.ts'

/** As many events as one replay of ours takes. */
const BULK = 1_000

export interface JobsRun {
  /** Jobs a second, from the first that is added until all are on record as done. */
  perSecond(jobs: number, body: string): Promise<number>
  close(): Promise<void>
}

/** A worker in a process of its own, and the queue that it takes from. */
export async function startJobs(order: WorkerOrder): Promise<JobsRun> {
  const queue = new Queue<WebhookJob>(QUEUE, { connection: { path: order.socket } })
  const child = fork(join(import.meta.dirname, 'worker-process.ts'))
  const next = async (wanted: WorkerMessage): Promise<void> => {
    const [message] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [unknown]
    if (message !== wanted) throw new Error(`the worker told ${String(message)} where “${wanted}” was due`)
  }
  child.send(order)
  await next('ready')
  return {
    async perSecond(jobs, body) {
      child.send(jobs)
      const reached = next('reached')
      const startedAt = performance.now()
      for (let added = 0; added < jobs; added += BULK) {
        const some = Array.from({ length: Math.min(BULK, jobs - added) }, () => ({ id: `msg_${randomUUID()}`, body }))
        await queue.addBulk(some.map((data) => ({ name: 'webhook', data })))
      }
      await reached
      return (jobs / (performance.now() - startedAt)) * 1_000
    },
    async close() {
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
      await queue.close()
    },
  }
}
