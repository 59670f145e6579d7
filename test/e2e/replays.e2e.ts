import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Receiver, startReceiver } from '#test/support/receiver.ts'
import { type Product, startProduct } from './support/product.ts'
import { eventually, notice, openScreen, row, screenLink } from './support/window.ts'

interface Listed<T> {
  items: T[]
}

let product: Product
let receiver: Receiver
/** What the receiver answers from now on. */
let status = 200

beforeAll(async () => {
  product = await startProduct()
  receiver = await startReceiver({
    script: () => ({
      status,
      headers: [
        ['Content-Type', 'application/json'],
        ['X-Shop', `v${status}`],
      ],
      body: JSON.stringify({ taken: status < 300, status }),
    }),
  })
  // One at a time: what is sent first comes first.
  const policy = { preset: 'once', concurrency: 1 }
  const endpoint = { name: 'Shop', url: `${receiver.url}/hooks`, eventTypes: ['order.*'], policy }
  await product.relay.call('POST', '/endpoints', endpoint)
})

afterAll(async () => {
  await product.close()
  await receiver.close()
})

/** Composes orders, and waits until each is as it is to be. */
async function order(count: number, type: string, state: string): Promise<void> {
  const { relay } = product
  for (let at = 0; at < count; at += 1) await relay.call('POST', '/events', { type, data: { at } })
  await eventually(
    () => relay.call<Listed<{ eventType: string; state: string }>>('GET', '/deliveries?limit=200'),
    ({ items }) => items.filter((each) => each.eventType === type && each.state === state).length === count,
  )
}

it('RPL-1 says what a replay is while there is none, and begins with one from wherever a person is', async () => {
  const { page, complaints } = await product.open()
  await screenLink(page, 'Replays').waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await page.getByText('No replay yet').waitFor()
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByPlaceholder(/^Find a place/).fill('outage')
  await page.getByRole('option', { name: /^Recover an outage/, selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Recover an outage' }).waitFor()
  await page.getByLabel('Endpoint', { exact: true }).selectOption('Shop')
  await page.getByText('No event is known that failed').waitFor()
  await page.keyboard.press('n')
  await page.getByRole('dialog').getByLabel('Events that fit').waitFor()
  await page.keyboard.press('Escape')
  expect(complaints).toEqual([])
  await page.context().close()
})

it('RPL-1 RPL-6 recovers an outage: finds what failed, counts it in a dry run, and sends it again', async () => {
  status = 500
  await order(3, 'order.paid', 'failed')
  status = 200
  const { page, complaints } = await product.open()
  await openScreen(page, 'Endpoints')
  await row(page, /Shop/).click()
  await page.getByRole('link', { name: 'Recover an outage' }).click()
  const known = page.getByRole('list', { name: 'Known outages' }).getByRole('button', { pressed: true })
  await known.waitFor()
  expect(await known.innerText()).toContain('3 events failed')
  await page.getByLabel('At most, in a second').fill('100')
  await page.getByRole('button', { name: 'Dry run' }).click()
  const counted = page.getByRole('region', { name: 'What would be sent' })
  await counted.getByText('3 deliveries').waitFor()
  await counted.getByRole('row', { name: 'failed 3' }).waitFor()
  await page.getByRole('button', { name: 'Replay 3 deliveries' }).click()
  await page.getByText('3 of 3 deliveries done.').waitFor()
  await notice(page, 'Replayed: 3 deliveries done.').waitFor()
  const asked = page.getByRole('region', { name: 'What was asked' })
  await asked.getByText(/What Shop did not get from/).waitFor()
  await asked.getByText('at most 100/s').waitFor()
  await row(page, /done.*what Shop did not get.*3 of 3/).waitFor()
  expect(receiver.requests.slice(-3).map(({ body }) => body.toString())).toEqual(['{"at":0}', '{"at":1}', '{"at":2}'])
  expect(complaints).toEqual([])
  await page.context().close()
})

it('RPL-2 sets the answer to a replay beside the one before: status, headers, body, timings', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Replays')
  await row(page, /what Shop did not get/).click()
  await page.getByRole('link', { name: 'Its deliveries' }).click()
  await page
    .getByRole('listbox', { name: 'Deliveries' })
    .getByRole('option', { name: /order\.paid/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Compare answers' }).click()
  await page.getByRole('region', { name: 'Before' }).getByText('500 · failed').waitFor()
  await page.getByRole('region', { name: 'After' }).getByText('200 · succeeded').waitFor()
  const fields = page.getByRole('table', { name: 'Fields that differ' })
  await fields.getByRole('row', { name: /taken.*false.*true/ }).waitFor()
  await page.getByRole('tab', { name: 'Headers', exact: true }).click()
  await page
    .getByRole('table', { name: 'Headers of the answers' })
    .getByRole('row', { name: /X-Shop differs v500 v200/i })
    .waitFor()
  await page.getByRole('tab', { name: 'Status and timings' }).click()
  await page.getByRole('row', { name: /trigger differs automatic replay/ }).waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

it('RPL-1 replays by a filter and at a rate to any URL, after a dry run; pauses, goes on, cancels', async () => {
  await order(10, 'order.shipped', 'succeeded')
  const { page, complaints } = await product.open()
  await row(page, /order\.shipped/).waitFor()
  await page.keyboard.press('R')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Events that fit').fill('type:order.shipped sate:failed')
  expect(await dialog.getByRole('button', { name: 'Dry run' }).isDisabled()).toBe(true)
  await dialog.getByLabel('Events that fit').fill('type:order.shipped')
  await dialog.getByRole('radio', { name: /Another address/ }).check()
  await dialog.getByLabel('URL', { exact: true }).fill(`${receiver.url}/elsewhere`)
  await dialog.getByLabel('At most, in a second').fill('1')
  await dialog.getByRole('button', { name: 'Dry run' }).click()
  await dialog.getByText('10 deliveries', { exact: true }).waitFor()
  await dialog.getByText('At this rate they take about 10 s.').waitFor()
  await dialog.getByRole('row', { name: /order\.shipped 10 events 10/ }).waitFor()
  const before = receiver.requests.length
  await dialog.getByRole('button', { name: 'Replay 10 deliveries' }).click()
  await dialog.getByRole('link', { name: 'Show the replay' }).click()
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await page.getByText(/^Paused at \d of 10/).waitFor()
  await row(page, /paused.*type:order\.shipped.*of 10/).waitFor()
  await page.getByRole('button', { name: 'Go on', exact: true }).click()
  await receiver.waitFor(before + 2)
  expect(receiver.requests.at(-1)?.target).toBe('/elsewhere')
  await page.getByRole('button', { name: 'Cancel…' }).click()
  await dialog.getByText(/will not be made/).waitFor()
  await dialog.getByRole('button', { name: 'Cancel the replay' }).click()
  await page.getByText(/^Canceled at \d of 10\.$/).waitFor()
  await row(page, /canceled.*type:order\.shipped/).waitFor()
  await page.getByRole('button', { name: 'Cancel…' }).waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
  await page.context().close()
})
