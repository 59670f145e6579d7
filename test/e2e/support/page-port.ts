import { MessageChannel } from 'node:worker_threads'
import type { Page } from 'playwright-core'
import { createPortCarrier } from '#main/api/port/serve-port.ts'
import { ownerCaller } from '#main/engine/engine.ts'
import type { ApiRig } from '#test/support/api-rig.ts'
import { type Packed, pack, PACKING_IN_PAGE, unpack } from '#test/support/packed-message.ts'
import { silentLog } from '#test/support/silent-log.ts'

/** What the preload does, in the page: hands over one port once the page's script has run. */
const HAND_OVER = `addEventListener('DOMContentLoaded', () => {
  const { port1, port2 } = new MessageChannel()
  ${PACKING_IN_PAGE}
  port1.onmessage = (message) => toEngine(pack(message.data))
  globalThis.fromEngine = (packed) => port1.postMessage(unpack(packed))
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
