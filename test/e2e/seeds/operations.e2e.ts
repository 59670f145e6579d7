import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Receiver, startReceiver } from '#test/support/receiver.ts'
import { type Product, startProduct } from '../support/product.ts'
import { notice, openScreen, row, shownScreen } from '../support/window.ts'

let product: Product
let receiver: Receiver

beforeAll(async () => {
  product = await startProduct()
  receiver = await startReceiver()
})

afterAll(async () => {
  await product.close()
  await receiver.close()
})

it('OPS-1 OPS-2 OPS-3 OPS-4 OPS-5 OPS-6 is operated as its document says: configure, test, health, logs, rollback', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Endpoints')
  await page.getByRole('toolbar').getByRole('link', { name: 'Integrations' }).click()
  await shownScreen(page, 'Integrations').waitFor()
  await row(page, /not set up.*Google Analytics 4/).click()

  // 1 Configure. It begins in test mode.
  await page.getByLabel('Measurement ID').fill('G-AB12CD34EF')
  await page.getByLabel('Measurement Protocol API secret').fill('ga4-s3cret-value')
  await page.getByLabel('Event types').fill('purchase,lead')
  await page.getByLabel('Event types').press('Enter')
  await page.getByText('Mapping and address').click()
  await page.getByLabel('Base URL').fill(receiver.url)
  await page.getByText('Owner and watch period').click()
  await page.getByLabel('Owner', { exact: true }).fill('Ana')
  await page.getByLabel('When it fails').fill('Call the analytics team')
  await page.getByRole('button', { name: 'Set it up' }).click()
  const step = (name: string) => page.getByRole('region', { name, exact: true })
  await step('Configuration').getByText('complete').waitFor()
  await step('Configuration').getByText('Call the analytics team').first().waitFor()
  await page.getByText('last change not tested').waitFor()

  // 2 Test: in test mode nothing is sent.
  await step('Test').getByRole('button', { name: 'Send a test' }).click()
  await page.getByRole('status', { name: 'Test report' }).getByText('Hookloop’s own sink').waitFor()
  await page.getByText('last change not tested').waitFor({ state: 'detached' })
  expect(receiver.requests).toEqual([])

  // Switched to live, the change wants a test of its own.
  await page.getByRole('switch', { name: 'Test mode' }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('last change not tested').waitFor()
  await step('Test').getByRole('button', { name: 'Send a test' }).click()
  await page.getByRole('status', { name: 'Test report' }).getByText('Answered 200').waitFor()
  const [tested] = await receiver.waitFor(1)
  expect(tested?.target).toBe('/mp/collect?measurement_id=G-AB12CD34EF&api_secret=ga4-s3cret-value')

  // 3 Health, and 4 logs, which are flagged until somebody looked at them.
  await product.relay.call('POST', '/events', {
    type: 'purchase',
    data: { client_id: '1.2', order_id: 'T-1', value: 20, currency: 'EUR' },
  })
  await product.relay.call('POST', '/events', { type: 'newsletter.opened', data: {} })
  await receiver.waitFor(2)
  await step('Health').getByText('1 of 2 events kept back').waitFor()
  await step('Health').getByText('reached', { exact: true }).waitFor()
  await step('Logs').getByText('3 attempts to review').waitFor()
  await expect.poll(() => step('Logs').getByText('flagged').count()).toBe(3)
  await step('Logs').getByRole('button', { name: 'Mark as reviewed' }).click()
  await step('Logs').getByText('reviewed by').waitFor()

  // An overwrite that drops a mapping is pointed out, and drops nothing until it is confirmed.
  await page.getByText('Mapping and address').click()
  await page.getByRole('button', { name: 'Edit the mapping that comes with it' }).click()
  const mapping = page.getByLabel('Mapping', { exact: true })
  const own = (await mapping.inputValue()).replace("'engagement_time_msec'", "'source': 'shop', 'engagement_time_msec'")
  await mapping.fill(own)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await notice(page, 'Saved as version 3.').waitFor()
  await mapping.fill('')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const asked = page.getByRole('dialog', { name: 'Something would be lost' })
  await asked.getByText('This change would drop the mapping.').waitFor()
  await asked.getByRole('button', { name: 'Save and drop it' }).click()
  await notice(page, 'Saved as version 4.').waitFor()

  // 5 Rollback, in two clicks.
  await step('Rollback').getByText('version 4 is current').waitFor()
  await step('Rollback').getByRole('button', { name: 'Restore version 3' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Restore version 3' }).click()
  await step('Rollback').getByText('back to version 3').waitFor()
  await expect.poll(() => page.getByLabel('Mapping', { exact: true }).inputValue()).toBe(own)

  await product.relay.call('POST', '/events', { type: 'lead', data: { client_id: '1.2' } })
  const requests = await receiver.waitFor(3)
  expect(requests.at(-1)?.body.toString()).toContain('"source":"shop"')
  expect(await page.content()).not.toContain('ga4-s3cret-value')
  expect(complaints.filter((text) => !text.includes('409'))).toEqual([])
})
