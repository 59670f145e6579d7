import { resolve } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildIfStale } from '#main/cli/build.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'
import { chromiumLaunchOptions } from '#test/support/chromium.ts'
import { connectPort } from './support/page-port.ts'
import { row } from './support/window.ts'

let rig: ApiRig
let browser: Browser

beforeAll(async () => {
  await buildIfStale()
  rig = await startApiRig({ uiDirectory: resolve(import.meta.dirname, '../../out/renderer') })
  browser = await chromium.launch(chromiumLaunchOptions())
})

afterAll(async () => {
  await browser.close()
  await rig.stop()
})

it('the same window works over a port, as in the desktop: reads, the live feed, bodies', async () => {
  const page = await browser.newPage()
  page.setDefaultTimeout(30_000)
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  const disconnect = await connectPort(page, rig)
  await page.goto(rig.origin)
  await page.getByText('Nothing captured yet').waitFor()
  await page.getByRole('button', { name: 'Live' }).waitFor()
  await rig.call('POST', '/events', { type: 'order.paid', data: { total: 24.9 } })
  await row(page, 'order.paid').click()
  await page.getByRole('region', { name: 'Payload' }).getByText('24.9').waitFor()
  expect(complaints).toEqual([])
  await page.close()
  disconnect()
})
