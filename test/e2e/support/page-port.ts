import { MessageChannel } from 'node:worker_threads'
import type { Page } from 'playwright-core'
import { createPortCarrier } from '#main/api/port/serve-port.ts'
import { ownerCaller } from '#main/engine/engine.ts'
import type { ApiRig } from '#test/support/api-rig.ts'
import { silentLog } from '#test/support/silent-log.ts'

/** A message on its way between the two worlds, which only pass JSON: text as it is, bytes as base64. */
type Packed = { text: string } | { base64: string }

function pack(data: unknown): Packed {
  if (typeof data === 'string') return { text: data }
  const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : (data as Uint8Array)
  return { base64: Buffer.from(bytes).toString('base64') }
}

function unpack(packed: Packed): string | Uint8Array {
  return 'text' in packed ? packed.text : new Uint8Array(Buffer.from(packed.base64, 'base64'))
}

/** What the preload does, in the page: hands over one port once the page's script has run. */
const HAND_OVER = `addEventListener('DOMContentLoaded', () => {
  const { port1, port2 } = new MessageChannel()
  const pack = (data) => typeof data === 'string' ? { text: data } : { base64: btoa(String.fromCharCode(...new Uint8Array(data.buffer ?? data))) }
  port1.onmessage = (message) => toEngine(pack(message.data))
  globalThis.fromEngine = (packed) => port1.postMessage(packed.text ?? Uint8Array.from(atob(packed.base64), (one) => one.charCodeAt(0)))
  postMessage('hookloop:port', location.origin, [port2])
})`

/** Gives a page a port to an engine, as the desktop does. To be called before the page is opened. */
export async function connectPort(page: Page, { engine, live, info }: ApiRig): Promise<() => void> {
  const { port1, port2 } = new MessageChannel()
  createPortCarrier()(port1, {
    engine,
    live,
    info,
    log: silentLog,
    actor: ownerCaller('window', null),
    projectRef: null,
  })
  port1.start()
  port2.on('message', (data) => void page.evaluate('fromEngine(' + JSON.stringify(pack(data)) + ')').catch(() => {}))
  await page.exposeFunction('toEngine', (packed: Packed) => port2.postMessage(unpack(packed)))
  await page.addInitScript(HAND_OVER)
  return () => {
    port1.close()
    port2.close()
  }
}
