// Lumar’s callbacks as their document tells them: set where they go, have one fail, be told, mend it, look at what was sent.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Receiver, startReceiver } from '#test/support/receiver.ts'
import { type Product, startProduct } from '../support/product.ts'
import { openScreen, row } from '../support/window.ts'

const CRAWL = {
  message: 'Crawl finished',
  resource: 'crawl',
  crawl_id: '1728394',
  project_id: '284713',
  account_id: '1190',
  user_id: '',
  partner_account_id: '',
  partner_user_id: '',
  status: 'finished',
  href: 'https://api.lumar.example/crawls/1728394',
}

let product: Product
let app: Receiver
let watch: Receiver
let status = 206

beforeAll(async () => {
  product = await startProduct()
  app = await startReceiver({ script: () => ({ status, body: `answer ${status}` }) })
  watch = await startReceiver()
})
afterAll(async () => {
  await product.close()
  await app.close()
  await watch.close()
})

it('LUM-1 LUM-2 LUM-3 sets a callback, sees it fail and told, mends the receiver and recovers', async () => {
  const { page, complaints } = await product.open()
  // Configure: the account’s for every project, and this project’s own, which wins.
  await openScreen(page, 'Settings')
  const settings = page.getByRole('navigation', { name: 'Settings' })
  await settings.getByRole('link', { name: 'Callback of the account' }).click()
  const account = page.getByRole('region', { name: 'Callback of the account' })
  await account.getByLabel('Callback URL').fill(`${app.url}/account`)
  await account.getByRole('button', { name: 'Save' }).click()
  await account.getByRole('button', { name: 'Discard changes' }).waitFor({ state: 'detached' })
  await settings.getByRole('link', { name: 'Callbacks' }).click()
  await page.getByText('In effect now: the account’s callback').waitFor()
  await page.getByLabel('Callback URL').fill(`${app.url}/callback`)
  await page.getByRole('button', { name: 'Add a header' }).click()
  await page.getByLabel('Name of header 1').fill('Authorization')
  await page.getByLabel('Value of header 1').fill('Bearer lumar-secret')
  await page.getByLabel('Notification URL').fill(`${watch.url}/failed`)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('In effect now: the project’s own callback').waitFor()
  await expect.poll(() => page.getByLabel('Value of header 1').inputValue()).toBe('***')

  // Send: 206 is no success, there is one try, and the failure is told once.
  await product.relay.call('POST', '/events', { type: 'crawl_status', data: CRAWL })
  const [sent] = await app.waitFor(1)
  expect(sent!.target).toBe('/callback')
  expect(Object.fromEntries(new URLSearchParams(sent!.body.toString()))).toEqual(CRAWL)
  expect(sent!.headers).toContainEqual(['Authorization', 'Bearer lumar-secret'])
  const [told] = await watch.waitFor(1)
  expect(JSON.parse(told!.body.toString())).toMatchObject({ type: 'callback-failed', attempt: { status: 206 } })

  // Inspect: why it failed, and what was sent, without the credential.
  await openScreen(page, 'Deliveries')
  await row(page, /failed.*crawl_status.*Callback/).click()
  await page.getByText('failed after 1 attempt').waitFor()
  expect(await page.getByRole('table', { name: 'Request headers' }).innerText()).not.toContain('lumar-secret')

  // Recover.
  status = 204
  await page.getByRole('button', { name: 'Retry', exact: true }).click()
  await page.getByText(/^delivered in/).waitFor()

  // The endpoint says who keeps it.
  await openScreen(page, 'Endpoints')
  await page
    .getByRole('listbox', { name: 'Endpoints' })
    .getByRole('option', { name: /Callback/ })
    .click()
  await page.getByRole('link', { name: 'Change the callback' }).click()
  await page.getByLabel('Callback URL').fill('')
  await page.getByRole('button', { name: 'Remove header 1' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('In effect now: the account’s callback').waitFor()
  expect(complaints).toEqual([])
})
