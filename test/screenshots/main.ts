// Takes a picture of every screen, or of those whose names begin with an argument, wide and narrow, in both themes: of an
// empty relay, and of one filled with sample data. They land in .screenshots/.
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
import { EMPTY_SCENES } from './scenes/empty.ts'
import type { Scene } from './scenes/scene.ts'

const asked = process.argv.slice(2)
const FOLDER = '.screenshots'

const WIDE = { width: 1_280, height: 800 }
const NARROW = { width: 900, height: 600 }

interface Look {
  theme: 'dark' | 'light'
  viewport: { width: number; height: number }
  suffix: string
}

const LOOKS: readonly Look[] = [
  { theme: 'dark', viewport: WIDE, suffix: 'dark' },
  { theme: 'light', viewport: WIDE, suffix: 'light' },
  { theme: 'dark', viewport: NARROW, suffix: 'narrow-dark' },
  { theme: 'light', viewport: NARROW, suffix: 'narrow-light' },
]

async function openWindow(browser: Browser, relay: RelayProcess, { theme, viewport }: Look): Promise<Page> {
  const context = await browser.newContext({ viewport, colorScheme: theme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.on('console', (message) => console.error(`the window says: ${message.text()}`))
  page.on('pageerror', (error) => console.error(`the window broke: ${error.message}`))
  await page.goto(relay.ready.window)
  return page
}

/** Takes the scenes that are asked for, each as it looks like this. */
async function photograph(
  browser: Browser,
  relay: RelayProcess,
  { scenes, look }: { scenes: readonly Scene[]; look: Look },
): Promise<void> {
  const wanted = scenes.filter(({ name }) => asked.length === 0 || asked.some((start) => name.startsWith(start)))
  if (wanted.length === 0) return
  const page = await openWindow(browser, relay, look)
  for (const { name, arrange } of wanted) {
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
  for (const look of LOOKS) await photograph(browser, relay, { scenes: EMPTY_SCENES, look })
  await fillWithSampleData(relay, receivers)
  for (const look of LOOKS) await photograph(browser, relay, { scenes: SCENES, look })
  console.log(`The pictures are in ${FOLDER}/`)
} finally {
  await browser.close()
  await receivers.close()
  await relay.stop()
  rmSync(data, { recursive: true, force: true })
}
