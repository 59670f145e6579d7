import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Product, startProduct } from './support/product.ts'
import { screenLink } from './support/window.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

it('ENG-4 shows when a policy would try again for what may happen to the receiver', async () => {
  const { page, complaints } = await product.open()
  await screenLink(page, 'Endpoints').click()
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
