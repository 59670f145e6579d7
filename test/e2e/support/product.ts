import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { chromiumLaunchOptions } from '#test/support/chromium.ts'
import { type RelayProcess, startRelay } from '#test/support/relay-process.ts'
import { contextOptionsOf, type Opened, type OpenOptions, type Product, watchPage } from './open-product.ts'

export type { Product } from './open-product.ts'

async function openWindow(browser: Browser, relay: RelayProcess, options: OpenOptions): Promise<Opened> {
  const context = await browser.newContext(contextOptionsOf(options))
  const page = await context.newPage()
  const complaints = watchPage(page)
  const { place } = options
  await page.goto(place === undefined ? relay.ready.window : relay.ready.window.replace(/#.*$/, `#${place}`))
  return { page, complaints }
}

/** Whether the window speaks over a desktop's port; what is about tokens, or about a relay that ends, has no meaning there. */
export const isOverPort = process.env['HOOKLOOP_CARRIER'] === 'port'

/**
 * `prepare` fills the data directory before the product starts on it. With `HOOKLOOP_CARRIER=port` it is the desktop, whose
 * window speaks over a port, instead of a relay, whose window speaks HTTP.
 */
export async function startProduct(prepare?: (dataDirectory: string) => Promise<unknown>): Promise<Product> {
  if (isOverPort) return (await import('./port-product.ts')).startPortProduct(prepare)
  const folder = mkdtempSync(join(tmpdir(), 'hookloop-e2e-'))
  const data = join(folder, 'data')
  await prepare?.(data)
  const relay = await startRelay(data)
  const browser = await chromium.launch(chromiumLaunchOptions())
  return {
    relay,
    open: (options = {}) => openWindow(browser, relay, options),
    async close() {
      await browser.close()
      if (relay.child.exitCode === null && relay.child.signalCode === null) await relay.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
