import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Receiver, startReceiver } from '#test/support/receiver.ts'
import { type Product, startProduct } from './support/product.ts'
import { eventually, openScreen, row } from './support/window.ts'

interface Delivery {
  id: string
  state: string
}

let product: Product
let receiver: Receiver
/** What the receiver answers from now on. */
let status = 200

/** No retry comes by itself while a test looks on. */
const UNHURRIED = { preset: 'standard', schedule: { kind: 'list', waitsMs: [600_000, 3_600_000], jitter: 0 } }

beforeAll(async () => {
  product = await startProduct()
  receiver = await startReceiver({ script: () => ({ status, body: `answer ${status}` }) })
  const endpoint = { name: 'Shop', url: `${receiver.url}/hooks`, eventTypes: ['order.*'], policy: UNHURRIED }
  await product.relay.call('POST', '/endpoints', endpoint)
})

afterAll(async () => {
  await product.close()
  await receiver.close()
})

/** Composes an event, which makes one delivery, and waits until that is in `state`. */
async function deliver(type: string, answer: number, state: string): Promise<void> {
  status = answer
  const event = await product.relay.call<{ id: string }>('POST', '/events', { type, data: { total: 24.9 } })
  await eventually(
    () => product.relay.call<{ items: Delivery[] }>('GET', `/deliveries?eventId=${event.id}`),
    ({ items }) => items[0]?.state === state && receiver.requests.length > 0,
  )
}

it('says what a delivery is while there is none', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Deliveries')
  await page.getByText('Nothing delivered yet').waitFor()
  expect(complaints).toEqual([])
})

it('explains a failure in plain words and delivers on Retry', async () => {
  await deliver('order.refused', 404, 'failed')
  const { page, complaints } = await product.open()
  await openScreen(page, 'Deliveries')
  await row(page, /failed.*order\.refused.*Shop/).click()
  await page.getByText('failed after 1 attempt').waitFor()
  await page
    .getByText(/answered 404/)
    .first()
    .waitFor()
  await page.getByText('answer 404').first().waitFor()
  status = 200
  await page.getByRole('button', { name: 'Retry', exact: true }).click()
  await page.getByText(/^delivered in/).waitFor()
  await page.getByRole('button', { name: /^Attempt 2: 200/ }).waitFor()
  await row(page, /delivered.*order\.refused/).waitFor()
  expect(complaints).toEqual([])
})

it('shows each attempt whole: timings, the request with its signature, the answer', async () => {
  await deliver('order.paid', 200, 'succeeded')
  const { page, complaints } = await product.open()
  await openScreen(page, 'Deliveries')
  // The Inbox has a row of that name too, until its screen is gone.
  await page
    .getByRole('listbox', { name: 'Deliveries' })
    .getByRole('option', { name: /order\.paid/ })
    .first()
    .click()
  const attempt = page.getByRole('region', { name: 'Attempt 1', exact: true })
  await attempt.getByText('First byte').waitFor()
  await attempt.getByText('Total').waitFor()
  const request = page.getByRole('table', { name: 'Request headers' })
  await request.getByRole('row', { name: /webhook-signature signature v1,/i }).waitFor()
  const answer = page.getByRole('region', { name: 'Answer', exact: true })
  await answer.getByText('answer 200').waitFor()
  expect(complaints).toEqual([])
})

it('SE12 shows an answer that gave a secret back as it came, one time', async () => {
  const { page, complaints } = await product.open()
  await product.relay.call('POST', '/endpoints', {
    name: 'Echo',
    url: `${receiver.url}/echo`,
    eventTypes: ['secret.*'],
    policy: 'once',
    headers: [['X-Key', '{secret.key}']],
    secrets: { key: 'answer 201' },
  })
  await deliver('secret.sent', 201, 'succeeded')
  await openScreen(page, 'Deliveries')
  await row(page, /delivered.*secret\.sent.*Echo/).click()
  const answer = page.getByRole('region', { name: 'Answer', exact: true })
  await answer.getByText('**********').waitFor()
  await answer.getByRole('button', { name: 'Show as it came…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('one time only').waitFor()
  await dialog.getByRole('button', { name: 'Show once' }).click()
  await dialog.getByText('answer 201').waitFor()
  await dialog.getByRole('button', { name: 'Hide it' }).click()
  await answer.getByText(/It was shown as it came on/).waitFor()
  expect(await page.content()).not.toContain('answer 201')
  expect(complaints).toEqual([])
})

it('runs what is scheduled now, and cancels it', async () => {
  await deliver('order.shipped', 500, 'scheduled')
  const { page, complaints } = await product.open()
  await openScreen(page, 'Deliveries')
  await row(page, /retrying.*order\.shipped/).click()
  await page.getByText(/more tries to come under this policy/).waitFor()
  await page.getByRole('button', { name: 'Run now' }).click()
  await page.getByRole('button', { name: /^Attempt 2: 500/ }).waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await row(page, /canceled.*order\.shipped/).waitFor()
  await page.getByRole('button', { name: 'Run now' }).waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
})

it('narrows the list to a state, with how many there are', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Deliveries')
  await row(page, /order\.paid/).waitFor()
  await page.getByRole('radio', { name: /canceled 1/ }).click()
  await eventually(
    () => page.getByRole('option').allInnerTexts(),
    (texts) => texts.length === 1 && texts[0]?.includes('order.shipped') === true,
  )
  await page.getByRole('radio', { name: /held 0/ }).click()
  await page.getByText('No delivery matches this filter.').waitFor()
  await page.getByRole('button', { name: 'Show all' }).click()
  await row(page, /order\.paid/).waitFor()
  expect(complaints).toEqual([])
})

it('replays from a delivery to any address, with the bytes as they were', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Deliveries')
  await page
    .getByRole('listbox', { name: 'Deliveries' })
    .getByRole('option', { name: /order\.paid/ })
    .first()
    .click()
  const before = receiver.requests.length
  status = 200
  await page.getByRole('button', { name: 'Replay…', exact: true }).click()
  await page.getByRole('radio', { name: /Another address/ }).check()
  await page.getByLabel('URL', { exact: true }).fill(`${receiver.url}/elsewhere`)
  await page.getByRole('dialog').getByRole('button', { name: 'Replay' }).click()
  await page.getByText('1 of 1 delivery done.').waitFor()
  const requests = await receiver.waitFor(before + 1)
  expect(requests.at(-1)).toMatchObject({ target: '/elsewhere' })
  expect(requests.at(-1)?.body.toString()).toBe('{"total":24.9}')
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
  await row(page, /delivered.*order\.paid.*elsewhere/).waitFor()
  expect(complaints).toEqual([])
})
