import type { Page } from 'playwright-core'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { headerValue } from '#shared/model/header.ts'
import { type ReceivedRequest, type Receiver, startReceiver } from '#test/support/receiver.ts'
import { type Product, startProduct } from './support/product.ts'
import { curl, eventually, notice, row } from './support/window.ts'

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
  await page.getByRole('button', { name: 'Edit…' }).waitFor()
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
  // And back: the first tells what was made of it.
  await page.getByRole('link', { name: /^edited as evt_/ }).click()
  await page.getByText('12345678901234567890').first().waitFor()
  // A refused header is a 400, which the console tells too.
  expect(complaints.filter((text) => !text.includes('status of 400'))).toEqual([])
})

it('selects a range by key, marks it, deletes it and takes that back, and clears a filter after one question', async () => {
  const { page, complaints } = await product.open()
  await page.getByRole('navigation', { name: 'Screens' }).waitFor()
  for (let n = 0; n < 5; n++) await call('POST', '/events', { type: 'pick.me', data: { n } })
  await call('POST', '/events', { type: 'leave.me', data: 1 })
  const rows = page.getByRole('option', { name: 'pick.me' })
  await eventually(
    () => rows.count(),
    (count) => count === 5,
  )
  await rows.first().click()
  await page.getByRole('tab', { name: 'Payload' }).waitFor()
  await eventually(
    () => page.getByRole('option', { name: /pick\.me.*, unread/ }).count(),
    (count) => count === 4,
  )
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('X')
  await page.getByText('3 selected').waitFor()
  await page.keyboard.press('U')
  await notice(page, /^Marked \d events? as unread/).waitFor()
  await page.keyboard.press('I')
  await notice(page, /^Marked \d events? as read/).waitFor()
  await eventually(
    () => page.getByRole('option', { name: /pick\.me.*, unread/ }).count(),
    (count) => count === 2,
  )

  await page.keyboard.press('#')
  await notice(page, 'Deleted 3 events.').waitFor()
  await eventually(
    () => rows.count(),
    (count) => count === 2,
  )
  await page.keyboard.press('z')
  await eventually(
    () => rows.count(),
    (count) => count === 5,
  )
  expect(await countOf('type:pick.me')).toBe(5)

  await page.goto(product.relay.ready.window.replace(/#.*$/, '#/inbox?filter=type:pick.me'))
  await page.getByText('5 of').waitFor()
  await page.getByRole('button', { name: 'More for the Inbox' }).click()
  await page.getByRole('menuitem', { name: 'Delete the events of this filter…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete 5 events' }).click()
  await page.getByText('No event matches this filter').waitFor()
  expect(await countOf('type:pick.me')).toBe(5)
  await page.getByRole('button', { name: 'Dismiss' }).last().click()
  await eventually(
    () => countOf('type:pick.me'),
    (count) => count === 0,
  )
  expect(await countOf('type:leave.me')).toBe(1)
  expect(complaints).toEqual([])
})

async function countOf(filter: string): Promise<number> {
  return (await call<{ count: number }>('GET', `/events/count?filter=${encodeURIComponent(filter)}`)).count
}

it('composes an event from the catalog’s sample, warns where it does not fit, and sends it to who takes it', async () => {
  const { page, complaints } = await product.open()
  await page.getByRole('navigation', { name: 'Screens' }).waitFor()
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('n')
  await page.getByLabel('Type').fill('audit.completed')
  await page.getByLabel('Provider').selectOption({ label: 'Crawlux' })
  await page.getByRole('button', { name: 'Fill in the sample of the catalog' }).click()
  await page.getByText('It would go to 1 endpoint').waitFor()
  await page.getByRole('link', { name: 'Shop' }).waitFor()
  await writeBody(page, '{"audit_id": 7}')
  await page.getByText('It does not fit the schema of its type').waitFor()
  const before = receiver.requests.length
  await page.keyboard.press('ControlOrMeta+Enter')
  await notice(page, 'Composed and sent the event.').waitFor()
  const sent = (await receiver.waitFor(before + 1)).at(-1)!
  expect(sent.body.toString()).toBe('{"audit_id": 7}')
  expect(judge(sent)).toEqual({ audit_id: 7 })
  await page.getByRole('tab', { name: /^Deliveries/, selected: true }).waitFor()
  expect(complaints).toEqual([])
})
