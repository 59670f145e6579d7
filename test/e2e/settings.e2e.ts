import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Product, startProduct } from './support/product.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct()
})

afterAll(() => product.close())

it('shows the addresses, and makes and renames projects', async () => {
  const { page, complaints } = await product.open()
  await page.getByText('Nothing captured yet').waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press(',')
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Addresses and version' }).click()
  await page.getByText(product.relay.ready.capture, { exact: true }).waitFor()
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Projects' }).click()
  await page.getByRole('button', { name: 'Rename Default' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Everyday')
  await page.getByRole('button', { name: 'Rename', exact: true }).click()
  await page.getByRole('button', { name: 'Rename Everyday' }).waitFor()
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Shop API')
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.getByRole('button', { name: 'Project Shop API' }).waitFor()
  expect(complaints).toEqual([])
})
