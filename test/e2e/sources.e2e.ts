import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Product, startProduct } from './support/product.ts'
import { curl, notice, openScreen, row } from './support/window.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct()
})

afterAll(() => product.close())

it('creates a source and copies its address', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Sources')
  await page.getByRole('button', { name: 'New source' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Shop Orders')
  expect(await page.getByLabel('Slug').inputValue()).toBe('shop-orders')
  await page.getByRole('button', { name: 'Create source' }).click()
  await row(page, /Shop Orders/).waitFor()
  await page
    .getByRole('region', { name: 'Addresses' })
    .getByRole('button', { name: 'Copy the capture address' })
    .click()
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${product.relay.ready.capture}/shop-orders`)
  expect(complaints).toEqual([])
})

it('CAP-3 answers a sender as the form says', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Sources')
  await row(page, /Shop Orders/).click()
  await page.getByLabel('Status').fill('202')
  await page.getByRole('button', { name: 'Add a header' }).click()
  await page.getByLabel('Name of header 1').fill('X-Queue')
  await page.getByLabel('Value of header 1').fill('orders')
  await page.getByLabel('Body of the answer').fill('{"queued":true}')
  await page.getByLabel('Public address').fill('https://shop.example/in/shop-orders')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('answers 202').waitFor()
  await page.getByText('Public address, for senders outside').waitFor()
  const answer = await curl(`${product.relay.ready.capture}/shop-orders`, '{}', '--include')
  expect(answer).toContain('202')
  expect(answer).toContain('X-Queue: orders')
  expect(answer).toContain('{"queued":true}')
  await page.getByRole('link', { name: 'Its events' }).click()
  await row(page, /shop-orders.*POST/).waitFor()
  expect(complaints).toEqual([])
})

it('REL-2 REL-4 subscribes to a relay, shows at both ends how that stands, and ends it', async () => {
  const { page, complaints } = await product.open()
  const { api } = product.relay.ready
  const key = { name: 'Laptop', scopes: ['sources:subscribe'] }
  const { secret } = await product.relay.call<{ secret: string }>('POST', '/keys', key)
  await openScreen(page, 'Sources')
  await page.getByRole('button', { name: 'New source' }).click()
  await page.getByRole('button', { name: 'From a relay' }).click()
  await page.getByLabel('Relay').fill('hooks.example.com')
  await page.getByLabel('Key', { exact: true }).fill(secret)
  await page.getByLabel('Source there').fill('shop-orders')
  await page.getByLabel('Subscribe as').fill('Laptop')
  await page.getByRole('button', { name: 'Subscribe', exact: true }).click()
  await page.getByRole('alert').waitFor()
  expect(await page.getByLabel('Relay').getAttribute('aria-invalid')).toBe('true')
  await page.getByLabel('Relay').fill(new URL(api).origin)
  await page.getByRole('button', { name: 'Subscribe', exact: true }).click()
  const link = page.getByRole('region', { name: 'Link' })
  await link.getByText('live', { exact: true }).waitFor()
  await row(page, /shop-orders.*live.*from 127\.0\.0\.1:\d+, shop-orders/).waitFor()

  await row(page, /Shop Orders/).click()
  const subscribers = page.getByRole('region', { name: 'Subscribers' })
  await subscribers.getByText('up to date').waitFor()
  await subscribers.getByText(/Laptop \(\d+\.\d+\.\d+, 127\.0\.0\.1\)/).waitFor()
  await subscribers.getByRole('button', { name: 'End…' }).click()
  await page.getByRole('button', { name: 'End subscription' }).click()
  await notice(page, 'Laptop subscribes no more.').waitFor()

  await row(page, /from 127/).click()
  await link.getByText('refused', { exact: true }).waitFor()
  await link.getByText('The subscription was deleted.').waitFor()
  await page.getByRole('button', { name: 'Delete…' }).click()
  await page.getByRole('button', { name: 'Delete source' }).click()
  await notice(page, 'Deleted shop-orders.').waitFor()
  expect(complaints.filter((complaint) => !/40[04]/.test(complaint))).toEqual([])
})

it('says at the field that a slug is taken', async () => {
  const { page } = await product.open()
  await openScreen(page, 'Sources')
  await page.getByRole('button', { name: 'New source' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Inbox')
  await page.getByRole('button', { name: 'Create source' }).click()
  await page.getByRole('alert').waitFor()
  expect(await page.getByLabel('Slug').getAttribute('aria-invalid')).toBe('true')
})

it('asks before it deletes; the events stay', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Sources')
  await row(page, /Shop Orders/).click()
  await page.getByRole('button', { name: 'Delete…' }).click()
  await page.getByRole('button', { name: 'Delete source' }).click()
  await notice(page, 'Deleted Shop Orders.').waitFor()
  const response = await fetch(`${product.relay.ready.capture}/shop-orders`, { method: 'POST' })
  expect(response.status).toBe(404)
  await openScreen(page, 'Inbox')
  await row(page, /POST/).waitFor()
  // The feed may tell of the deletion before the answer does: then the page asks once for what is gone.
  expect(complaints.filter((complaint) => !complaint.includes('404'))).toEqual([])
})
