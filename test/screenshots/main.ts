// Takes a picture of every screen, or of those whose names begin with an argument, in both themes, of a relay filled with
// sample data. They land in .screenshots/.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { buildIfStale } from '#main/cli/build.ts'
import { chromiumLaunchOptions } from '#test/support/chromium.ts'
import { type RelayProcess, startRelay } from '#test/support/relay-process.ts'
import { startReceivers } from './receivers.ts'
import { fillWithSampleData } from './sample-data.ts'
import { SCENES } from './scenes.ts'

const asked = process.argv.slice(2)
const FOLDER = '.screenshots'
const THEMES = ['dark', 'light'] as const
const WIDE = { width: 1_280, height: 800 }
const NARROW = { width: 900, height: 600 }

interface Look {
  theme: (typeof THEMES)[number]
  viewport: { width: number; height: number }
  suffix: string
}

async function openWindow(browser: Browser, relay: RelayProcess, { theme, viewport }: Look): Promise<Page> {
  const context = await browser.newContext({ viewport, colorScheme: theme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.on('console', (message) => console.error(`the window says: ${message.text()}`))
  page.on('pageerror', (error) => console.error(`the window broke: ${error.message}`))
  await page.goto(relay.ready.window)
  return page
}

async function photograph(browser: Browser, relay: RelayProcess, look: Look): Promise<void> {
  const page = await openWindow(browser, relay, look)
  for (const { name, arrange } of SCENES) {
    if (asked.length > 0 && !asked.some((start) => name.startsWith(start))) continue
    await page.goto(relay.ready.window.replace(/#.*$/, '#/inbox'))
    // A dialog of the scene before would stay: only what follows the # is another.
    await page.reload()
    await arrange(page, relay)
    await page.screenshot({ path: join(FOLDER, `${name}-${look.suffix}.png`) })
  }
  await page.context().close()
}

const data = mkdtempSync(join(tmpdir(), 'hookloop-screenshots-'))
mkdirSync(FOLDER, { recursive: true })
await buildIfStale()
const relay = await startRelay(join(data, 'data'))
const receivers = await startReceivers()
const browser = await chromium.launch(chromiumLaunchOptions())
try {
  const empty = await openWindow(browser, relay, { theme: 'dark', viewport: WIDE, suffix: '' })
  await empty.getByRole('button', { name: 'Send a sample' }).waitFor()
  await empty.screenshot({ path: join(FOLDER, 'inbox-empty-dark.png') })
  await empty.context().close()
  await fillWithSampleData(relay, receivers)
  for (const theme of THEMES) await photograph(browser, relay, { theme, viewport: WIDE, suffix: theme })
  await photograph(browser, relay, { theme: 'dark', viewport: NARROW, suffix: 'narrow' })
  console.log(`The pictures are in ${FOLDER}/`)
} finally {
  await browser.close()
  await receivers.close()
  await relay.stop()
  rmSync(data, { recursive: true, force: true })
}
