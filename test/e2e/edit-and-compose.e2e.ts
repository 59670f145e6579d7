import type { Page } from 'playwright-core'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { headerValue } from '#shared/model/header.ts'
import { type ReceivedRequest, type Receiver, startReceiver } from '#test/support/receiver.ts'
import { type Product, startProduct } from './support/product.ts'
import { curl, row } from './support/window.ts'

let product: Product
let receiver: Receiver
let secret: string

beforeAll(async () => {
  product = await startProduct()
  receiver = await startReceiver({ script: [{ status: 200, body: 'thanks' }] })
  const made = await call<{ secret: string }>('POST', '/endpoints', {
    name: 'Shop',
    url: `${receiver.url}/hook`,
    eventTypes: ['*'],
    provider: 'standard-webhooks',
  })
  secret = made.secret
})
afterAll(async () => {
  await product.close()
  await receiver.close()
})

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const { api, token } = product.relay.ready
  const response = await fetch(`${api}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return (await response.json()) as T
}

/** Throws where the sender's own library would refuse it. */
function judge({ headers, body }: ReceivedRequest): unknown {
  return new Webhook(secret).verify(
    body.toString(),
    Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
  )
}

async function writeBody(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Body' }).click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
}

it('RPL-2 edits a captured event by its key and sends it signed anew; the original stays, and each points at the other', async () => {
  const { page, complaints } = await product.open()
  await page.getByRole('navigation', { name: 'Screens' }).waitFor()
  await curl(
    `${product.relay.ready.capture}/inbox/orders`,
    '{"order": 41, "big": 12345678901234567890}',
    '-H',
    'Content-Type: application/json',
  )
  await row(page, 'POST /orders').click()
  await receiver.waitFor(1)
  await page.keyboard.press('e')
  await page.getByRole('heading', { name: 'Edit and replay' }).waitFor()
  await page.getByRole('button', { name: 'Format' }).click()
  await page.getByText('Body edited').waitFor()
  await page.getByRole('button', { name: 'Revert to original' }).click()
  await page.getByRole('button', { name: 'Replay as it came' }).waitFor()

  await writeBody(page, '{"order": 42,')
  await page.getByText(/^Line 1: .*It can be sent all the same/).waitFor()
  await writeBody(page, '{"order": 42, "big": 12345678901234567890}')
  await page.getByRole('tab', { name: 'Headers' }).click()
  await page.getByRole('button', { name: 'Add a header' }).click()
  await page
    .getByLabel(/^Name of header/)
    .last()
    .fill('X-Bad Name')
  await page.keyboard.press('ControlOrMeta+Enter')
  await page.getByRole('alert').getByText('is not a header name').waitFor()
  await page
    .getByLabel(/^Name of header/)
    .last()
    .fill('X-Edited')
  await page
    .getByLabel(/^Value of header/)
    .last()
    .fill('by hand')
  await page.getByRole('radio', { name: /^Keep the original/ }).check()
  await page.getByText('the original signature does not fit it any more').waitFor()
  await page.getByRole('radio', { name: /^Sign anew/ }).check()
  await page.getByRole('button', { name: 'Send edited' }).click()
  const [first, sent] = await receiver.waitFor(2)
  expect(sent!.body.toString()).toBe('{"order": 42, "big": 12345678901234567890}')
  expect(headerValue(sent!.headers, 'X-Edited')).toBe('by hand')
  expect(headerValue(sent!.headers, 'webhook-id')).not.toBe(headerValue(first!.headers, 'webhook-id'))
  expect(judge(sent!)).toMatchObject({ order: 42 })

  await page
    .getByRole('dialog')
    .getByText(/1 of 1 deliver/)
    .waitFor()
  await page.getByRole('dialog').getByRole('link', { name: 'Show the event' }).click()
  await page.getByRole('link', { name: /^edited from evt_/ }).click()
  await page.getByRole('tab', { name: 'Payload' }).click()
  await page.getByText('41').first().waitFor()
  // A refused header is a 400, which the console tells too.
  expect(complaints.filter((text) => !text.includes('status of 400'))).toEqual([])
})
