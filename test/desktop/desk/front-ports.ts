import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { Wire } from '../stand-in/wire.ts'

export interface Frame {
  url: string
  isTop: boolean
}

/** What stands at the page's end of a port. */
interface FrontPort {
  take(data: unknown): void
  close(): void
}

export interface FrontPorts {
  /** Joins a page's end; messages of the main process go to it. */
  join(id: string, port: FrontPort): void
  /** A message of the page. */
  send(id: string, data: unknown): Promise<unknown>
  /** What the preload of a frame posts; ids name ports that were joined. */
  post(posted: { channel: string; message?: unknown; ports: readonly string[]; frame: Frame | null }): Promise<unknown>
  /** Plays a page that hands over a port; gives the page's end, and what resolves once the main process closes it. */
  handOver(frame?: Frame): Promise<{ port: MessagePort; closed: Promise<'closed'> }>
  deliver(id: string, data: unknown): void
  closed(id: string): void
}

export const OWN_PAGE: Frame = { url: 'app://hookloop/', isTop: true }
export const CHANNEL = 'hookloop:port'

export function createPorts(wire: Wire): FrontPorts {
  const ports = new Map<string, FrontPort>()
  let made = 0

  const front: FrontPorts = {
    join: (id, port) => void ports.set(id, port),
    send: (id, data) => wire.call('port.message', id, data),
    post: ({ message = null, ...posted }) => wire.call('post', { ...posted, message }),
    async handOver(frame = OWN_PAGE) {
      const id = `played-${++made}`
      const { port1, port2 } = new MessageChannel()
      const closed = new Promise<'closed'>((resolve) => port2.once('close', () => resolve('closed')))
      front.join(id, { take: (data) => port1.postMessage(data), close: () => port1.close() })
      port1.on('message', (data) => void front.send(id, data).catch(() => {}))
      await front.post({ channel: CHANNEL, ports: [id], frame })
      port2.start()
      return { port: port2, closed }
    },
    deliver: (id, data) => ports.get(id)?.take(data),
    closed(id) {
      ports.get(id)?.close()
      ports.delete(id)
    },
  }
  return front
}
