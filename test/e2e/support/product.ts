import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { chromiumLaunchOptions } from '#test/support/chromium.ts'
import { type RelayProcess, startRelay } from '#test/support/relay-process.ts'

export interface Opened {
  page: Page
  /** Whatever the page complained of: errors, warnings, and what its content policy refused. */
  complaints: readonly string[]
}

export interface OpenOptions {
  theme?: 'light' | 'dark'
  /** What follows `#`; the printed address with its token where it is left out. */
  place?: string
  reducedMotion?: 'reduce' | 'no-preference'
}

/** The built relay with an empty data directory, and a browser that opens its window. */
export interface Product {
  relay: RelayProcess
  open(options?: OpenOptions): Promise<Opened>
  close(): Promise<void>
}

export function contextOptionsOf({ theme = 'dark', reducedMotion = 'reduce' }: OpenOptions) {
  return {
    viewport: { width: 1_280, height: 800 },
    colorScheme: theme,
    reducedMotion,
    permissions: ['clipboard-read', 'clipboard-write'],
  }
}

/** What the page complains of, from now on. */
export function watchPage(page: Page): readonly string[] {
  const complaints: string[] = []
  page.setDefaultTimeout(15_000)
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return complaints
}

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
