import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { openDesk, untilShown, type Desk } from '#test/desktop/desk/desk.ts'
import { runPreload, serve, SHOWN_ORIGIN } from '#test/desktop/desk/run-preload.ts'
import { buildIfStale } from '#main/cli/build.ts'
import { chromiumLaunchOptions } from '#test/support/chromium.ts'
import { callOf, type ReadyLine } from '#test/support/relay-process.ts'
import { contextOptionsOf, watchPage, type Opened, type OpenOptions, type Product } from './open-product.ts'

const PRELOAD = resolve(import.meta.dirname, '../../../out/preload/preload.cjs')

/** A page of the desktop, beside its window: the same preload hands over a port. */
async function openPage(browser: Browser, desk: Desk, options: OpenOptions): Promise<Opened> {
  const context = await browser.newContext(contextOptionsOf(options))
  const page = await context.newPage()
  const complaints = watchPage(page)
  await context.route(`${SHOWN_ORIGIN}/**`, (route) => serve(route, desk))
  await runPreload(await context.newCDPSession(page), PRELOAD, desk)
  await page.goto(`${SHOWN_ORIGIN}/#${options.place ?? '/inbox'}`)
  return { page, complaints }
}

/** The product as a desktop, on the stand-in for Electron; what restarts it or ends it is the relay's alone. */
export async function startPortProduct(prepare?: (dataDirectory: string) => Promise<unknown>): Promise<Product> {
  await buildIfStale()
  const home = mkdtempSync(join(tmpdir(), 'hookloop-e2e-'))
  const data = join(home, 'share/hookloop')
  mkdirSync(data, { recursive: true })
  await prepare?.(data)
  const desk = openDesk({ home })
  await untilShown(desk)
  const session = JSON.parse(readFileSync(join(data, 'session.json'), 'utf8')) as ReadyLine
  const ready = { ...session, window: `${SHOWN_ORIGIN}/#/inbox` }
  const browser = await chromium.launch(chromiumLaunchOptions())
  return {
    relay: { ready, child: desk.child, kill: desk.end, stop: () => desk.end().then(() => null), call: callOf(ready) },
    open: (options = {}) => openPage(browser, desk, options),
    async close() {
      await browser.close()
      await desk.end()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
