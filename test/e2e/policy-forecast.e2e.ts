import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Product, startProduct } from './support/product.ts'
import { openScreen } from './support/window.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

it('ENG-4 shows when a policy would try again for what may happen to the receiver', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Endpoints')
  await page.getByRole('button', { name: 'New endpoint' }).click()
  await page.getByLabel('Policy', { exact: true }).selectOption('crawlux')
  await page.getByText('Delivered by try 5, 2 h 36 min after the event.').waitFor()
  await page.getByRole('img', { name: /^Tries: now: connect refused; \+1 min: connect refused/ }).waitFor()
  await page.getByLabel('If the receiver').selectOption('failing')
  await page.getByText('Failed 8 h 36 min after the event: all 6 tries are used up.').waitFor()
  await page.getByLabel('Policy', { exact: true }).selectOption('lumar')
  await page.getByText('Failed 0 s after the event: there is only one try.').waitFor()
  await page.getByLabel('Policy', { exact: true }).selectOption('apifycloud')
  await page.getByLabel('If the receiver').selectOption('missing')
  await page.getByText(/does not try again after an answer of 404/).waitFor()
  await page.getByLabel('If the receiver').selectOption('steady')
  await page.getByText(/20 failures in a row pause the endpoint|The endpoint pauses/).waitFor()
  expect(complaints).toEqual([])
})

it('ENG-4 ENG-6 draws an own policy while it is typed, says what is wrong at its field, and goes back to the preset', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Endpoints')
  await page.getByRole('button', { name: 'New endpoint' }).click()
  await page.getByLabel('Policy', { exact: true }).selectOption('crawlux')
  await page.getByLabel('If the receiver').selectOption('failing')
  await page.getByText(/all 6 tries are used up/).waitFor()
  await page.getByText('Own policy').click()

  const waits = page.getByLabel('Waits before each retry')
  await waits.fill('10 s, soon')
  await page.getByText('Write times by commas, each with its unit').waitFor()
  await page.getByText('Drawn again once every field can be read').waitFor()
  await waits.fill('10 s, 20 s')
  await page.getByRole('img', { name: /^Tries: now: 500; \+10 s: 500; \+30 s: 500$/ }).waitFor()
  await page.getByText(/: 1 field differs from crawlux/).waitFor()
  await page.getByLabel('Timeout', { exact: true }).fill('10 min')
  await page.getByRole('alert').getByText('At most 5 min.').waitFor()
  await page.getByRole('button', { name: 'Put back the timeout' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Own')
  await page.getByLabel('URL', { exact: true }).fill('http://127.0.0.1:9/hooks')
  await page.getByRole('button', { name: 'Create endpoint' }).click()
  await page.getByRole('button', { name: 'I have stored it' }).click()
  await expect
    .poll(() => product.relay.call('GET', '/endpoints'))
    .toMatchObject({
      items: [{ policy: { preset: 'crawlux', timeoutMs: 5_000, schedule: { waitsMs: [10_000, 20_000] } } }],
    })

  await page.getByRole('button', { name: 'Reset to crawlux' }).click()
  await page.getByText('Delivered by try 5, 2 h 36 min after the event.').waitFor()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect
    .poll(() => product.relay.call('GET', '/endpoints'))
    .toMatchObject({ items: [{ policy: { schedule: { waitsMs: { length: 5 } } } }] })
  expect(complaints).toEqual([])
})
