import type { MessagePort } from 'node:worker_threads'
import { z } from 'zod'
import type { Log } from '../../engine/ports.ts'

/** What a port gives to whoever listens: Electron's own kind, and what worker threads are turned into. */
export interface MainPort {
  on(event: string, listener: (message?: { data: unknown }) => void): void
  postMessage(data: unknown, transfer?: unknown[]): void
}

/** A port as Node's worker threads or Electron's main process know it. */
export type ApiPort = MainPort | MessagePort

const CallId = z.string().max(64)
const Call = z.object({
  i: CallId,
  t: z.literal(1).optional(),
  p: z.object({
    u: z.string().max(200).startsWith('/'),
    m: z.string().max(10).optional(),
    /** Content headers make the carrier read the body in other forms than JSON, which nobody here sends. */
    h: z.record(z.string().regex(/^(?!content-)/i), z.union([z.string(), z.array(z.string())])).optional(),
    b: z.unknown().optional(),
  }),
})
const Abort = z.object({ i: CallId, t: z.literal(4) })
const Message = z.union([Call, Abort])

/**
 * Lets only well-formed messages through: the carrier rejects others in a promise that nobody holds, and a page that
 * was taken over could end the process with it.
 */
export function guardPort(port: ApiPort, log: Log): MainPort {
  return {
    postMessage: (data) => port.postMessage(data),
    on(event, listener) {
      listen(port, event, (data) => {
        if (event !== 'message') listener()
        else if (isWellFormed(data)) listener({ data })
        else log.warn('A malformed message came over a port and was dropped')
      })
    },
  }
}

function listen(port: ApiPort, event: string, listener: (data: unknown) => void): void {
  if ('addEventListener' in port) {
    port.addEventListener(event as 'message', (message) => listener((message as { data?: unknown }).data))
  } else {
    port.on(event, (message) => listener(message?.data))
  }
}

function isWellFormed(data: unknown): boolean {
  if (typeof data !== 'string') return false
  try {
    return Message.safeParse(JSON.parse(data)).success
  } catch {
    return false
  }
}
