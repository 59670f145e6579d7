import { EventEmitter } from 'node:events'
import { answers, tell } from './desk-line.ts'

/** One end of a channel whose other end is in the page, or in the test that plays it. */
class MainPort extends EventEmitter {
  readonly id: string
  #isStarted = false
  #waiting: unknown[] = []

  constructor(id: string) {
    super()
    this.id = id
  }
  postMessage(data: unknown): void {
    tell('port.message', this.id, structuredClone(data))
  }
  start(): void {
    this.#isStarted = true
    for (const data of this.#waiting.splice(0)) this.emit('message', { data, ports: [] })
  }
  close(): void {
    if (!open.delete(this.id)) return
    tell('port.close', this.id)
    this.emit('close')
  }
  take(data: unknown): void {
    if (this.#isStarted) this.emit('message', { data, ports: [] })
    else this.#waiting.push(data)
  }
}

const open = new Map<string, MainPort>()
export const ipcMain = new EventEmitter()

interface Posted {
  channel: string
  message: unknown
  ports: readonly string[]
  /** Null for a frame that navigated away meanwhile. */
  frame: { url: string; isTop: boolean } | null
}

answers({
  post: ({ channel, message, ports, frame }: Posted) => {
    const received = ports.map((id) => new MainPort(id))
    for (const port of received) open.set(port.id, port)
    const senderFrame = frame && { url: frame.url, parent: frame.isTop ? null : {}, top: null }
    ipcMain.emit(channel, { senderFrame, ports: received }, message)
  },
  'port.message': (id: string, data: unknown) => open.get(id)?.take(data),
  'port.close': (id: string) => {
    const port = open.get(id)
    open.delete(id)
    port?.emit('close')
  },
  channels: () => ipcMain.eventNames(),
})
