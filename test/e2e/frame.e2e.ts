import { afterAll, beforeAll, expect, it } from 'vitest'
import { isOverPort, type Product, startProduct } from './support/product.ts'
import { row } from './support/window.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct()
})

afterAll(() => product.close())

it.skipIf(isOverPort)('SEC-1 says how to get in without a token, or with a wrong one', async () => {
  const { page, complaints } = await product.open({ place: '/inbox' })
  await page.getByText('Open the address that Hookloop printed').waitFor()
  expect(complaints).toEqual([])
  const wrong = await product.open({ place: 'token=wrong' })
  await wrong.page.getByText('This address is no longer good').waitFor()
})

it('SEC-1 keeps the token in the tab and out of the address', async () => {
  const { page } = await product.open()
  await page.getByText('Nothing captured yet').waitFor()
  expect(page.url()).not.toContain(product.relay.ready.token)
  expect(await page.evaluate('document.cookie')).toBe('')
  await page.reload()
  await page.getByText('Nothing captured yet').waitFor()
})

it('keeps projects apart, and remembers which was open', async () => {
  const { page, complaints } = await product.open()
  await page.getByRole('button', { name: /^Project/ }).click()
  await page.getByRole('menuitem', { name: 'New project…' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Shop API')
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.getByRole('button', { name: 'Project Shop API' }).waitFor()
  await fetch(`${product.relay.ready.capture}/inbox`, { method: 'POST' })
  await page.getByText('Nothing captured yet').waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Project Shop API' }).click()
  await page.getByRole('menuitemradio', { name: /default/i }).click()
  await row(page, /POST/).waitFor()
  expect(complaints).toEqual([])
})

it('follows the system’s theme until a person chooses, and remembers the choice', async () => {
  const { page, complaints } = await product.open({ theme: 'light' })
  const background = (): Promise<unknown> => page.evaluate('getComputedStyle(document.body).backgroundColor')
  await row(page, /POST/).waitFor()
  expect(await background()).toBe('rgb(255, 255, 255)')
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  expect(await background()).toBe('rgb(14, 16, 18)')
  await page.reload()
  await row(page, /POST/).waitFor()
  expect(await background()).toBe('rgb(14, 16, 18)')
  expect(complaints).toEqual([])
})

it('shows what is captured within a blink, and how the engine stands', async () => {
  const { page, complaints } = await product.open()
  await row(page, /POST/).waitFor()
  await fetch(`${product.relay.ready.capture}/inbox/blink`, { method: 'POST' })
  await row(page, 'POST /blink').waitFor()
  await page.getByRole('contentinfo').getByText('0 due · 0 in flight').waitFor()
  expect(complaints).toEqual([])
})

it('SE16 complains aloud of what the content policy forbids: screens that were looked at without a complaint keep to it', async () => {
  const { page, complaints } = await product.open()
  await row(page, /POST/).waitFor()
  expect(complaints).toEqual([])
  await page.evaluate("document.body.insertAdjacentHTML('beforeend', '<i style=\"color: red\"></i>')")
  await expect.poll(() => complaints).toEqual([expect.stringContaining('Content Security Policy')])
})
