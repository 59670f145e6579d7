import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Product, startProduct } from './support/product.ts'
import { openScreen, row } from './support/window.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

it('PRV-6 warns beside the fields while an endpoint is set up, and lists what is left afterwards', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Endpoints')
  await page.getByRole('button', { name: 'New endpoint' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Shop')
  await page.getByLabel('URL', { exact: true }).fill('http://shop.example.com/hooks?token=abc')
  const about = (field: string) => page.getByRole('list', { name: `Warnings about ${field}` })
  await about('the URL').getByText('unencrypted').waitFor()
  await about('the URL').getByText('The value of “token” stands in the URL in clear').waitFor()
  expect(await about('the URL').getByText('danger', { exact: true }).count()).toBe(2)

  await page.getByLabel('URL', { exact: true }).fill('https://shop.example.com/hooks')
  await about('the URL').waitFor({ state: 'detached' })
  await page.getByLabel('Signed by').selectOption('slack')
  await about('the policy').getByText('Slack itself gives up after 3 s').waitFor()
  await page.getByLabel('Policy', { exact: true }).selectOption('slack')
  await about('the policy').getByText('Slack itself gives up').waitFor({ state: 'detached' })
  await page.getByLabel('Signed by').selectOption('none')
  await about('who signs').getByText('cannot tell these requests from anybody’s').waitFor()

  await page.getByRole('button', { name: 'Create endpoint' }).click()
  await row(page, /Shop/).click()
  await page.getByText('1 warning', { exact: true }).waitFor()
  await about('who signs').waitFor()
  expect(complaints).toEqual([])
})
