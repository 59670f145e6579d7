import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { headerValue } from '#shared/model/header.ts'
import { type Receiver, startReceiver } from '#test/support/receiver.ts'
import { type Product, startProduct } from './support/product.ts'
import { curl, notice, openScreen, row } from './support/window.ts'

let product: Product
let receiver: Receiver

beforeAll(async () => {
  product = await startProduct()
  receiver = await startReceiver({ script: [{ status: 200, body: 'thanks' }] })
})
afterAll(async () => {
  await product.close()
  await receiver.close()
})

it('PRV-3 finds a provider, sends its sample to a receiver and sees it succeed', async () => {
  const { page, complaints } = await product.open()
  await page.getByRole('navigation', { name: 'Screens' }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await page.getByLabel('Find providers').fill('pull_request')
  await row(page, /GitHub/).click()
  await page.getByRole('tab', { name: 'Signing' }).click()
  await page.getByText('HMAC-SHA256 over the raw body, written as hex.').waitFor()
  await page.getByRole('tab', { name: 'Delivery' }).click()
  await page.getByRole('img', { name: /^Tries/ }).waitFor()
  await page.getByRole('tab', { name: 'Code' }).click()
  const code = page.getByRole('region', { name: 'Verification code' })
  await code.getByText('createHmac').first().waitFor()
  await page.getByLabel('Language').selectOption('Python')
  await code.getByText('import hmac').waitFor()
  await page.getByRole('tab', { name: /Event types/ }).click()
  await page
    .getByRole('link', { name: /pull_request/ })
    .first()
    .click()
  await page.getByRole('region', { name: 'Sample' }).getByText('"full_name"').waitFor()
  await page.getByRole('tab', { name: 'Schema' }).click()
  await page.getByRole('region', { name: 'Schema' }).getByText('"required"').first().waitFor()

  await page.getByRole('button', { name: 'Send to…' }).click()
  await page.getByLabel('URL').fill(`${receiver.url}/github`)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const sent = page.getByRole('region', { name: 'Sent' })
  await sent.getByText(/delivered in/).waitFor()
  const secret = await sent.locator('code').innerText()
  const [request] = await receiver.waitFor(1)
  const mac = (body: Buffer) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  expect(headerValue(request!.headers, 'X-Hub-Signature-256')).toBe(mac(request!.body))

  await page.getByLabel('Body', { exact: true }).fill('{\n  "action": \n}')
  await page.getByText(/^Line 3:/).waitFor()
  expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true)
  await page.getByLabel('Body', { exact: true }).fill('{"action":"closed"}')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const [, second] = await receiver.waitFor(2)
  expect(second!.body.toString()).toBe('{"action":"closed"}')
  expect(headerValue(second!.headers, 'X-Hub-Signature-256')).toBe(mac(second!.body))
  await sent.getByText(/delivered in/).waitFor()
  await sent.getByRole('link', { name: 'Show the delivery' }).click()
  await page.getByText('Sent as github').waitFor()
  expect(complaints).toEqual([])
})

it('PRV-7 makes a provider and an event type, and uses them on a source and towards a receiver', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Catalog')
  await page.getByRole('button', { name: 'New provider' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Tea Shop')
  expect(await page.getByLabel('Id', { exact: true }).inputValue()).toBe('tea-shop')
  const preview = page.getByRole('region', { name: 'Preview' })
  await preview.getByText('X-Signature').waitFor()
  await page.getByLabel('Its value').fill('v1')
  await preview.getByText('The format has no one place for the signature.').waitFor()
  await page.getByLabel('Its value').fill('v1={signature}')
  await page.getByLabel('Header of the signature').fill('Tea-Signature')
  await preview.getByText('Tea-Signature').waitFor()
  await preview.getByText(/^v1=[0-9a-f]{64}$/).waitFor()
  await page.getByRole('button', { name: 'Create provider' }).click()
  await notice(page, /Tea Shop is in the catalog/).waitFor()

  await page.getByRole('button', { name: 'Add an event type' }).click()
  await page.getByLabel('Name', { exact: true }).fill('pot.sold')
  await page.getByRole('textbox', { name: 'Sample' }).fill('{\n  "pot": "blue",\n  "price": "free"\n}')
  await page.getByLabel('JSON Schema').fill('{ "properties": { "price": { "type": "number" } } }')
  await page.getByRole('list', { name: 'Problems of Sample' }).getByText('Line 3: must be number.').waitFor()
  await page.getByRole('textbox', { name: 'Sample' }).fill('{\n  "pot": "blue",\n  "price": 12\n}')
  await page.getByRole('list', { name: 'Problems of Sample' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Create event type' }).click()
  await page.getByRole('region', { name: 'Sample' }).getByText('"blue"').waitFor()
  expect(page.url()).toContain('#/catalog/tea-shop/pot.sold')

  await page.getByRole('button', { name: 'Send to…' }).click()
  await page.getByLabel('URL').fill(receiver.url)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page
    .getByRole('region', { name: 'Sent' })
    .getByText(/delivered in/)
    .waitFor()
  const request = receiver.requests.at(-1)!
  expect(headerValue(request.headers, 'X-Event')).toBe('pot.sold')
  expect(headerValue(request.headers, 'Tea-Signature')).toMatch(/^v1=[0-9a-f]{64}$/)

  await openScreen(page, 'Sources')
  await page.getByRole('button', { name: 'New source' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Tea')
  await page.getByLabel('Sender', { exact: true }).selectOption('tea-shop')
  await page.getByRole('button', { name: 'Create source' }).click()
  await row(page, /Tea/).waitFor()
  await curl(`${product.relay.ready.capture}/tea`, '{"pot":"red"}')
  await openScreen(page, 'Inbox')
  await row(page, /tea/).waitFor()
  expect(complaints).toEqual([])
})

it('PRV-7 keeps an own provider that a source uses, and deletes it with its types once nothing does', async () => {
  const { page, complaints } = await product.open({ place: `token=${product.relay.ready.token}` })
  await openScreen(page, 'Catalog')
  await row(page, /Tea Shop/).click()
  await page.getByRole('button', { name: 'Delete…' }).click()
  await page.getByText('Its 1 event type goes with it.').waitFor()
  await page.getByRole('button', { name: 'Delete provider' }).click()
  await notice(page, /is used by source Tea/).waitFor()

  await page.getByRole('tab', { name: 'Edit' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Tea House')
  await page.getByRole('button', { name: 'Save' }).click()
  await row(page, /Tea House/).waitFor()

  await product.relay.call('PATCH', '/sources/tea', { provider: null })
  await page.getByRole('button', { name: 'Delete…' }).click()
  await page.getByRole('button', { name: 'Delete provider' }).click()
  await notice(page, 'Deleted Tea House.').waitFor()
  await row(page, /Tea House/).waitFor({ state: 'detached' })
  // The feed may tell of the deletion before the answer does: what is shown is then read once more, and gone.
  expect(complaints.filter((text) => !/40[49]/.test(text))).toEqual([])
})

it('PRV-7 says that nothing is called so, and offers to add it', async () => {
  const { page } = await product.open()
  await openScreen(page, 'Catalog')
  await row(page, /Crawlux/).waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('no such sender')
  await page.getByText('No provider and no event type is called “no such sender”.').waitFor()
  await page.getByRole('button', { name: 'Show all' }).click()
  await row(page, /Crawlux/).waitFor()
})
