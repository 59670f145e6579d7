import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Receiver, startReceiver } from '#test/support/receiver.ts'
import { type Product, startProduct } from './support/product.ts'

let product: Product
let receiver: Receiver

beforeAll(async () => {
  product = await startProduct()
  receiver = await startReceiver({ script: (_request, index) => ({ status: index % 4 === 3 ? 404 : 200 }) })
})

afterAll(async () => {
  await product.close()
  await receiver.close()
})

it('an overview teaches while it is empty, draws what is delivered, and leads to it', async () => {
  const { page, complaints } = await product.open()
  await page.getByText('Nothing captured yet').waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await page.getByText('Nothing was delivered in the last 24 hours').waitFor()
  expect(page.url()).toContain('#/overview')

  const shop = { name: 'Shop', url: receiver.url, eventTypes: ['*'], policy: 'standard' }
  await product.relay.call('POST', '/endpoints', shop)
  for (let sent = 0; sent < 8; sent += 1) await product.relay.call('POST', '/events', { type: 'order.paid', data: {} })
  await receiver.waitFor(8)

  // It is counted a moment later, and the page hears of it.
  const outcome = page.getByRole('region', { name: 'Deliveries by outcome', exact: true })
  await outcome
    .getByRole('img', { name: /6 delivered, 0 attempts retried, 2 failed for good/ })
    .waitFor({ timeout: 60_000 })
  await page.getByText('75 % of 8 delivered').waitFor()
  await outcome.locator('canvas').waitFor()
  await page
    .getByRole('region', { name: 'Answer time', exact: true })
    .getByRole('img', { name: /of 8 answers/ })
    .waitFor()
  await page.getByRole('button', { name: 'hour', exact: true }).click()
  expect(page.url()).toContain('range=1h')
  await page.reload()
  await outcome.getByRole('img', { name: /6 delivered/ }).waitFor()

  // A step of an hour: what came within a second lies in one.
  await page.getByRole('button', { name: '7 days', exact: true }).click()
  await outcome.getByText('Show the figures').click()
  await outcome.getByRole('table').getByRole('link').first().click()
  await page.getByRole('listbox', { name: 'Deliveries' }).waitFor()
  await expect.poll(() => page.getByRole('option').count()).toBe(8)
  await page.goBack()
  await page.getByRole('region', { name: 'Success rates' }).getByRole('link', { name: '2' }).click()
  await page
    .getByRole('option', { name: /failed/ })
    .first()
    .waitFor()
  await expect.poll(() => page.getByRole('option').count()).toBe(2)
  expect(complaints).toEqual([])
})
