import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { chromiumLaunchOptions } from '#test/support/chromium.ts'
import { keptPortWords } from '#test/support/kept-ports.ts'
import { type RelayProcess, startRelay } from '#test/support/relay-process.ts'
import { row } from './support/window.ts'

const folder = mkdtempSync(join(tmpdir(), 'hookloop-connection-'))
let relay: RelayProcess
let ports: readonly string[]
let browser: Browser
let page: Page

/** The same relay again: same data, ports and token. */
function start(): Promise<RelayProcess> {
  // A start of its own choosing would leave the window with a token that is no longer good.
  vi.stubEnv('HOOKLOOP_TOKEN', 'token-of-a-relay-that-comes-back')
  return startRelay(join(folder, 'data'), ports)
}

const notice = () => page.getByRole('region', { name: 'Connection' })
const live = () => page.getByRole('button', { name: 'Live' })

async function open(): Promise<void> {
  page = await browser.newPage()
  page.setDefaultTimeout(30_000)
  await page.clock.install()
  await page.goto(relay.ready.window)
  await live().waitFor()
}

beforeAll(async () => {
  ports = await keptPortWords()
  relay = await start()
  browser = await chromium.launch(chromiumLaunchOptions())
})

afterAll(async () => {
  await browser.close()
  relay.child.kill('SIGCONT')
  await relay.stop()
  rmSync(folder, { recursive: true, force: true })
})

it('REL-4 notices an engine that falls silent while its connection stands, and one that speaks again', async () => {
  await open()
  relay.child.kill('SIGSTOP')
  await page.clock.fastForward(13_000)
  await notice().getByText('The engine has fallen silent.').waitFor()
  await page
    .getByRole('status')
    .getByText(/^Reconnecting/)
    .waitFor()
  expect(await live().count()).toBe(0)
  relay.child.kill('SIGCONT')
  await page.clock.fastForward(5_000)
  await live().waitFor()
  await notice().waitFor({ state: 'detached' })
  await page.close()
})

it('REL-4 never shows a dead link as live, says what is old, and reads what was missed once the engine is back', async () => {
  await open()
  await relay.kill()
  await page.clock.fastForward(3_000)
  await notice()
    .getByText(/^The engine does not answer\. What is shown is as it was at .* cannot be changed/)
    .waitFor()
  await page.getByRole('contentinfo').getByText('engine does not answer').waitFor()
  expect(await live().count()).toBe(0)

  relay = await start()
  await fetch(`${relay.ready.capture}/inbox/missed`, { method: 'POST' })
  await page.clock.fastForward(5_000)
  await row(page, 'POST /missed').waitFor()
  await live().waitFor()
  await notice().waitFor({ state: 'detached' })
})
