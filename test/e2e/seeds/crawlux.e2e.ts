// Crawlux’s webhooks as their document tells them: create one, have it fail, retry on schedule and by hand, look at it.
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Receiver, startReceiver } from '#test/support/receiver.ts'
import { type Product, startProduct } from '../support/product.ts'
import { openScreen, row } from '../support/window.ts'

const AUDIT = { event: 'audit.completed', audit_id: 'aud_8f2b1c94d7e6', version: 'v3', domain: 'shop.example' }
/** The gaps between its six sends, in minutes. */
const GAPS = [1, 5, 30, 120, 360]

let product: Product
let app: Receiver
let status = 404

beforeAll(async () => {
  product = await startProduct()
  app = await startReceiver({ script: () => ({ status, body: `answer ${status}` }) })
})
afterAll(async () => {
  await product.close()
  await app.close()
})

it('CRX-1 CRX-2 CRX-3 CRX-4 creates a webhook, sees six tries fail, and delivers by a manual retry', async () => {
  const { relay } = product
  // A day of retries in seconds.
  await relay.call('PATCH', '/projects/default', { timeScale: 86_400 })
  const answer = await fetch(relay.ready.api.replace('/api/v1', '/webhooks'), {
    method: 'POST',
    headers: { authorization: `Bearer ${relay.ready.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ url: `${app.url}/hook`, events: ['audit.completed', 'audit.failed'] }),
  })
  expect(answer.status).toBe(201)
  const { secret, ...webhook } = (await answer.json()) as { id: string; url: string; events: string[]; secret: string }
  expect(webhook).toMatchObject({ url: `${app.url}/hook`, events: ['audit.completed', 'audit.failed'] })

  // A type that it did not choose goes nowhere.
  await relay.call('POST', '/events', { type: 'audit.retried', data: { ...AUDIT, event: 'audit.retried' } })
  await relay.call('POST', '/events', { type: 'audit.completed', data: AUDIT })
  const sent = await app.waitFor(1 + GAPS.length)
  const deliveryIds = new Set<string | undefined>()
  for (const { headers, body } of sent) {
    const header = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]))
    expect(header['x-crawlux-signature']).toBe(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`)
    expect(header).toMatchObject({ 'x-crawlux-event': 'audit.completed', 'x-crawlux-audit-id': AUDIT.audit_id })
    deliveryIds.add(header['x-crawlux-delivery'])
  }
  expect([...deliveryIds]).toEqual([expect.stringMatching(/^del_[0-9A-Z]{26}$/)])

  const { page, complaints } = await product.open()
  await openScreen(page, 'Deliveries')
  await row(page, /failed.*audit\.completed/).click()
  await page.getByText('failed after 6 attempts').waitFor()
  await page.getByRole('button', { name: /^Attempt 6: 404/ }).waitFor()
  status = 200
  await page.getByRole('button', { name: 'Retry', exact: true }).click()
  await page.getByText(/^delivered in/).waitFor()
  expect(app.requests).toHaveLength(7)

  await openScreen(page, 'Endpoints')
  const name = new RegExp(new URL(app.url).host)
  await page.getByRole('listbox', { name: 'Endpoints' }).getByRole('option', { name }).click()
  await page.getByText('signed by crawlux').waitFor()
  expect(complaints).toEqual([])
})
