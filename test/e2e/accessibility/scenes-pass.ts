import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Receivers, startReceivers } from '#test/screenshots/receivers.ts'
import { fillWithSampleData } from '#test/screenshots/sample-data.ts'
import type { Scene } from '#test/screenshots/scenes/scene.ts'
import type { Opened } from '../support/open-product.ts'
import { type Product, startProduct } from '../support/product.ts'
import { findings } from './findings.ts'

/** Has axe look at each of these scenes in both themes, in one browser. */
export function passScenes(scenes: readonly Scene[]): void {
  let product: Product
  let receivers: Receivers
  /** One for all scenes: what the browser has loaded once it need not load again. */
  let opened: Opened

  beforeAll(async () => {
    product = await startProduct()
    receivers = await startReceivers()
    await fillWithSampleData(product.relay, receivers)
    opened = await product.open({ theme: 'dark' })
  })

  afterAll(async () => {
    await product.close()
    await receivers.close()
  })

  /** As a person finds it who comes for the first time: loaded anew, with nothing remembered. */
  async function openAnew(): Promise<Page> {
    const { page } = opened
    await page.evaluate('localStorage.clear()')
    await page.emulateMedia({ colorScheme: 'dark' })
    // From another document, or only what follows the # would change.
    await page.goto('about:blank')
    await page.goto(product.relay.ready.window)
    await page.getByRole('option').first().waitFor()
    return page
  }

  it.each(scenes)('axe has no serious finding in either theme: $name', async ({ arrange, isRefused }) => {
    const complainedBefore = opened.complaints.length
    const page = await openAnew()
    await arrange(page, product.relay)
    expect(await findings(page, 'all')).toEqual([])
    // The other theme differs in its colours alone.
    const before = await page.evaluate('getComputedStyle(document.body).backgroundColor')
    await page.emulateMedia({ colorScheme: 'light' })
    await expect
      .poll(() => page.evaluate('getComputedStyle(document.body).backgroundColor'), { timeout: 10_000 })
      .not.toBe(before)
    expect(await findings(page, 'color-contrast')).toEqual([])
    // The browser itself notes each answer that refuses.
    const complaints = opened.complaints.slice(complainedBefore)
    expect(complaints.filter((text) => !(isRefused === true && /\b400\b/.test(text)))).toEqual([])
  })
}
