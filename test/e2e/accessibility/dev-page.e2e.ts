import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Product, startProduct } from '../support/product.ts'
import { findings } from './findings.ts'

const PARTS = ['Controls', 'Fields', 'Feedback', 'Layout', 'Messages', 'Deliveries', 'Payloads', 'Charts']

let product: Product

beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

it('shows every component in both themes beside each other, with no serious finding of axe', async () => {
  const { page, complaints } = await product.open()
  await page.getByText('Nothing captured yet').waitFor()
  await page.evaluate("location.hash = '/dev/ui'")
  const background = (name: string): Promise<unknown> =>
    page.evaluate(`getComputedStyle(document.querySelector('section[aria-label="${name}"]')).backgroundColor`)
  await page.getByRole('heading', { name: 'Dark' }).waitFor()
  expect([await background('Light'), await background('Dark')]).toEqual(['rgb(255, 255, 255)', 'rgb(14, 16, 18)'])
  for (const part of PARTS) {
    await page.getByRole('button', { name: part, exact: true }).click()
    await page.getByRole('button', { name: part, exact: true, pressed: true }).waitFor()
    expect(await findings(page, 'all'), part).toEqual([])
  }
  await page.getByRole('img', { name: 'Deliveries as lines' }).last().waitFor()
  expect(complaints).toEqual([])
})
