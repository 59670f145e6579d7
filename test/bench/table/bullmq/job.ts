import type { HeaderList } from '#shared/model/header.ts'

export const QUEUE = 'webhooks'

/** One webhook to be sent. */
export interface WebhookJob {
  id: string
  body: string
}

/** To the process of the worker, once. */
export interface WorkerOrder {
  socket: string
  url: string
  /** Sent with each, beside those of its signature. */
  headers: HeaderList
  secretBase64: string
  connections: number
}

/** From that process: that it takes jobs, and that as many as it was told to count are on record as done. */
export type WorkerMessage = 'ready' | 'reached'
