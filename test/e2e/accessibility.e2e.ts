import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Receivers, startReceivers } from '#test/screenshots/receivers.ts'
import { fillWithSampleData } from '#test/screenshots/sample-data.ts'
import { SCENES } from '#test/screenshots/scenes.ts'
import { type Product, startProduct } from './support/product.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let product: Product
let receivers: Receivers

beforeAll(async () => {
  product = await startProduct()
  receivers = await startReceivers()
  await fillWithSampleData(product.relay, receivers)
})

afterAll(async () => {
  await product.close()
  await receivers.close()
})

/** Serious and critical findings, as `rule: where`. */
async function findings(page: Page, rules: 'all' | 'color-contrast'): Promise<string[]> {
  await page.evaluate(AXE)
  const options = { resultTypes: ['violations'], ...(rules === 'all' ? {} : { runOnly: [rules] }) }
  const results = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as AxeResults
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

it.each(SCENES)('axe has no serious finding in either theme: $name', async ({ arrange }) => {
  const { page, complaints } = await product.open({ theme: 'dark' })
  await page.getByRole('option').first().waitFor()
  await arrange(page, product.relay)
  expect(await findings(page, 'all')).toEqual([])
  // The other theme differs in its colours alone.
  const before = await page.evaluate('getComputedStyle(document.body).backgroundColor')
  await page.emulateMedia({ colorScheme: 'light' })
  await expect.poll(() => page.evaluate('getComputedStyle(document.body).backgroundColor')).not.toBe(before)
  expect(await findings(page, 'color-contrast')).toEqual([])
  expect(complaints).toEqual([])
  await page.context().close()
})
