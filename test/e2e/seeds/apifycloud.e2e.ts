// ApifyCloud’s webhooks as their document tells them: a widget on a closing page, an endpoint with a secret, retries, the pause
// after 20 failures, the reactivation by hand, and a look at what was sent.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { headerValue } from '#shared/model/header.ts'
import { type Receiver, startReceiver } from '#test/support/receiver.ts'
import { type Product, startProduct } from '../support/product.ts'
import { eventually, notice, openScreen, row } from '../support/window.ts'

let product: Product
let app: Receiver
/** The customer's site, of another origin, with the widget on it. */
let site: Server
let status = 500

beforeAll(async () => {
  product = await startProduct()
  app = await startReceiver({ script: () => ({ status, body: `answer ${status}` }) })
  site = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end('<!doctype html><title>Shop</title><link rel="icon" href="data:,">')
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  // Its 5 s and 20 s pass in milliseconds.
  await product.relay.call('PATCH', '/projects/default', { timeScale: 3_600 })
})
afterAll(async () => {
  await product.close()
  site.close()
  await app.close()
})

/** A visitor's page whose widget tells of a call while the page closes, by `send`, an expression of `url` and `body`. */
async function visit(context: BrowserContext, call: string, send: string): Promise<void> {
  const sources = await product.relay.call<{ items: { ingestUrl: string }[] }>('GET', '/sources')
  const page = await context.newPage()
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`)
  const body = { id: call, type: 'call_ended', createdAt: '2026-11-20T09:12:04Z', data: { durationSeconds: 42 } }
  await page.evaluate(`addEventListener('pagehide', () => {
    const url = ${JSON.stringify(sources.items[0]!.ingestUrl)}, body = ${JSON.stringify(JSON.stringify(body))}
    ${send}
  })`)
  await page.close({ runBeforeUnload: true })
}

const BEACON = 'navigator.sendBeacon(url, body)'
const KEEPALIVE = "fetch(url, { method: 'POST', keepalive: true, body })"

/** How many deliveries are in a state, once there are `count`. */
function settled(state: string, count: number) {
  return eventually(
    () => product.relay.call<{ items: { id: string }[] }>('GET', `/deliveries?state=${state}&limit=100`),
    ({ items }) => items.length === count,
  )
}

it('APC-1 APC-2 APC-4 CAP-7 delivers what closing pages send, pauses at 20 failures and is reactivated by a person', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Endpoints')
  await page.getByRole('button', { name: 'New endpoint' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Call centre')
  await page.getByLabel('URL', { exact: true }).fill(`${app.url}/calls`)
  await page.getByLabel('Policy').selectOption('apifycloud')
  await page.getByLabel('Event types').fill('call_ended')
  await page.getByLabel('Event types').press('Enter')
  await page.getByRole('button', { name: 'Add a header' }).click()
  await page.getByLabel('Name of header 1').fill('Authorization')
  await page.getByLabel('Value of header 1').fill('Bearer {secret.key}')
  await page.getByText('Advanced', { exact: true }).click()
  await page.getByRole('button', { name: 'Add a secret' }).click()
  await page.getByLabel('Name of secret 1').fill('key')
  await page.getByLabel('Value of secret 1').fill('s3cret-of-the-app')
  await page.getByRole('button', { name: 'Create endpoint' }).click()
  await row(page, /active.*Call centre.*no data/).waitFor()

  // Two more are active: a fourth is refused, and says what to do.
  for (const name of ['Second', 'Third'])
    await product.relay.call('POST', '/endpoints', { name, url: app.url, policy: 'apifycloud' })
  await page.getByRole('button', { name: 'New endpoint' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Fourth')
  await page.getByLabel('URL', { exact: true }).fill(app.url)
  await page.getByLabel('Policy').selectOption('apifycloud')
  await page.getByRole('button', { name: 'Create endpoint' }).click()
  await page.getByText(/a project has at most 3 endpoints active/).waitFor()
  await page.getByRole('button', { name: 'Close details (Escape)' }).click()

  // Six calls end while pages close; the app is down: three tries each, then a dead letter.
  const context = await page.context().browser()!.newContext()
  for (const [index, send] of [BEACON, KEEPALIVE, BEACON, KEEPALIVE, BEACON, KEEPALIVE].entries())
    await visit(context, `call-${index}`, send)
  await settled('failed', 6)
  expect(app.requests).toHaveLength(18)
  const [first] = app.requests
  expect(headerValue(first!.headers, 'authorization')).toBe('Bearer s3cret-of-the-app')
  expect(JSON.parse(first!.body.toString())).toMatchObject({
    type: 'call_ended',
    createdAt: '2026-11-20T09:12:04Z',
    data: { durationSeconds: 42 },
  })
  await row(page, /Call centre.*0 % of 6/).waitFor()

  // The 20th failure in a row pauses it: nothing more is sent, and what comes is held.
  await visit(context, 'call-6', BEACON)
  await row(page, /paused, too many.*Call centre/).waitFor()
  expect(app.requests).toHaveLength(20)
  await visit(context, 'call-7', KEEPALIVE)
  await settled('held', 2)
  expect(app.requests).toHaveLength(20)

  // Mended, reactivated by a person, released.
  status = 200
  await row(page, /Call centre/).click()
  await page.getByRole('button', { name: 'Resume…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Release 2 held' }).click()
  await notice(page, /Call centre is active again/).waitFor()
  await settled('succeeded', 2)
  await row(page, /active.*Call centre.*25 % of 8/).waitFor()

  // What was sent, without the secret.
  await page.getByRole('link', { name: 'Its deliveries' }).click()
  await row(page, /delivered.*call_ended.*Call centre/).click()
  const request = page.getByRole('table', { name: 'Request headers' })
  await request.getByRole('row', { name: /authorization/i }).waitFor()
  await page.getByRole('region', { name: 'Answer', exact: true }).getByText('answer 200').waitFor()
  expect(await page.content()).not.toContain('s3cret-of-the-app')
  expect(complaints.filter((text) => !text.includes('409'))).toEqual([])
}, 90_000)
