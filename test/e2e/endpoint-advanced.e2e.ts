import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Receiver, startReceiver } from '#test/support/receiver.ts'
import { type Product, startProduct } from './support/product.ts'
import { openScreen, row } from './support/window.ts'

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

const compose = (data: unknown) => product.relay.call('POST', '/events', { type: 'order.paid', data })

it('ENG-1 ENG-2 sets up condition, transformation and secrets, with errors at their fields', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Endpoints')
  await page.getByRole('button', { name: 'New endpoint' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Chat')
  await page.getByLabel('URL', { exact: true }).fill(`${receiver.url}/{secret.key}`)
  await page.getByLabel('Policy').selectOption('once')
  await page.getByLabel('Event types').fill('*')
  await page.getByLabel('Event types').press('Enter')
  await page.getByText('Advanced', { exact: true }).click()
  await page.getByLabel('Condition').fill('{"body.total": ')
  await page.getByText('This is no JSON object.').waitFor()
  await page.getByLabel('Condition').fill('{"body.total": {"$more": 1}}')
  await page.getByLabel('Transformation').fill('{"text": "Paid: " & body.total}')
  await page.getByRole('button', { name: 'Add a secret' }).click()
  await page.getByLabel('Name of secret 1').fill('key')
  await page.getByLabel('Value of secret 1').fill('k3y-value')
  await page.getByRole('button', { name: 'Create endpoint' }).click()
  await page.getByText('condition.body.total.$more is not an operator').waitFor()
  expect(await page.getByLabel('Condition').getAttribute('aria-invalid')).toBe('true')
  await page.getByLabel('Condition').fill('{"body.total": {"$gte": 100}}')
  await page.getByRole('button', { name: 'Create endpoint' }).click()
  await row(page, /Chat/).waitFor()

  await compose({ total: 99 })
  await compose({ total: 100 })
  const [request] = await receiver.waitFor(1)
  expect(request).toMatchObject({ method: 'POST', target: '/k3y-value' })
  expect(request?.body.toString()).toBe('{"text":"Paid: 100"}')
  expect(complaints.filter((text) => !text.includes('400'))).toEqual([])
})

it('SEC-3 never shows a secret again, and replaces or removes it', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Endpoints')
  await row(page, /Chat/).click()
  expect(await page.getByLabel('Name of secret 1').inputValue()).toBe('key')
  expect(await page.getByLabel('Value of secret 1').inputValue()).toBe('')
  await page.getByLabel('Value of secret 1').fill('other-value')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' })
  expect(await page.getByLabel('Value of secret 1').inputValue()).toBe('')
  await compose({ total: 101 })
  expect((await receiver.waitFor(2))[1]?.target).toBe('/other-value')

  await page.getByLabel('URL', { exact: true }).fill(`${receiver.url}/plain`)
  await page.getByRole('button', { name: 'Remove key' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('version 2', { exact: true }).waitFor()
  await page.getByLabel('Name of secret 1').waitFor({ state: 'detached' })
  expect(await page.content()).not.toContain('other-value')
  expect(complaints).toEqual([])
})
