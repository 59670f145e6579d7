import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Receiver, startReceiver } from '#test/support/receiver.ts'
import { isOverPort, type Product, startProduct } from './support/product.ts'
import { eventually, notice, openScreen, row, screenLink, shownScreen } from './support/window.ts'

let product: Product
let shop: Receiver
/** Takes what tells of alerts. */
let ops: Receiver
/** What the shop answers from now on. */
let status = 500

beforeAll(async () => {
  product = await startProduct()
  shop = await startReceiver({ script: () => ({ status }) })
  ops = await startReceiver()
  const { relay } = product
  await relay.call('POST', '/endpoints', { name: 'Shop', url: shop.url, eventTypes: ['order.*'], policy: 'once' })
  await relay.call('POST', '/endpoints', { name: 'Ops', url: ops.url, eventTypes: [], policy: 'once' })
})

afterAll(async () => {
  await product.close()
  await shop.close()
  await ops.close()
})

/** Sends orders that the shop refuses, and waits until each is a dead letter. */
async function failOrders(count: number): Promise<void> {
  const { relay } = product
  const deadLetters = () => relay.call<{ total: number }>('GET', '/dead-letters/groups')
  const { total } = await deadLetters()
  for (let order = 0; order < count; order += 1)
    await relay.call('POST', '/events', { type: 'order.paid', data: { order } })
  await eventually(deadLetters, (groups) => groups.total === total + count)
}

it('CRL-3 sets an alert, is told as it is raised wherever one is, and says that one saw it', async () => {
  const { page, complaints } = await product.open()
  await screenLink(page, 'Alerts').waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('l')
  await page.getByText('No alert yet').waitFor()
  await page.getByRole('button', { name: 'Create an alert' }).click()
  await page.getByLabel('Name').fill('Shop is down')
  await page.getByLabel('Of', { exact: true }).selectOption('Shop')
  const now = page.getByRole('region', { name: 'What it says now' })
  await now.getByText('nothing to measure').waitFor()
  await page.getByLabel('Raise under, %').fill('120')
  await page.getByRole('button', { name: 'Create alert' }).click()
  await page.getByText('A rate is a percentage').first().waitFor()
  await page.getByLabel('Watch').selectOption('Dead letters')
  await page.getByLabel('Raise from').fill('3')
  await page.getByLabel('Tell an endpoint too').selectOption('Ops')
  await now.getByText('It would not be raised.').waitFor()
  await page.getByRole('button', { name: 'Create alert' }).click()
  await row(page, /ok.*Shop is down.*3 or more in 15 min/).waitFor()

  await page.getByRole('heading', { name: 'Shop is down' }).waitFor()
  await openScreen(page, 'Inbox')
  await failOrders(3)
  await notice(page, /Alert raised: Shop is down \(3 deliveries\)/).waitFor()
  await screenLink(page, 'Alerts').and(page.getByTitle('Alerts: 1 raised')).waitFor()
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await row(page, /raised.*Shop is down/).waitFor()
  const [told] = await ops.waitFor(1)
  expect(JSON.parse(told!.body.toString())).toMatchObject({ type: 'alert.raised', rule: { name: 'Shop is down' } })
  const history = page.getByRole('region', { name: 'History of this alert' })
  await history.getByText('3 deliveries').waitFor()
  await history.getByRole('button', { name: 'Acknowledge Shop is down' }).click()
  await history.getByText(/^by /).waitFor()
  await page.getByRole('button', { name: 'Delete…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete alert' }).click()
  await page.getByText('No alert yet').waitFor()
  // What HTTP refuses, the browser tells on its console; a port tells nobody.
  const refusals = complaints.filter((complaint) => complaint.includes('400'))
  expect([complaints.length, refusals.length]).toEqual(isOverPort ? [0, 0] : [1, 1])
  await page.context().close()
})

it('ENG-12 finds dead letters by endpoint and reason, retries chosen ones, then all at a rate, pausing on the way', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Dead letters')
  await row(page, /Shop.*server error \(5xx\).*3/).click()
  await page.getByText('3 dead letters').waitFor()
  status = 200
  await page
    .getByRole('checkbox', { name: /^Select order\.paid/ })
    .first()
    .check()
  await page.getByRole('button', { name: 'Retry 1 selected…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Retry 1 dead letter' }).click()
  await notice(page, 'Sent again: 1 dead letter.').waitFor()
  await page.getByText('2 dead letters').waitFor()
  status = 500
  await failOrders(6)
  status = 200
  await row(page, /Shop.*8/).waitFor()
  await page.getByLabel('Failed in').selectOption('hour')
  await page.getByRole('button', { name: 'Retry all 8…' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('At most, in a second').fill('fast')
  await dialog.getByText('Write a number').waitFor()
  await dialog.getByLabel('At most, in a second').fill('1')
  await dialog.getByRole('button', { name: 'Retry 8 dead letters' }).click()
  const strip = page.getByRole('list', { name: 'Retries under way' })
  await strip.getByText(/Retrying: \d of 8 · 1\/s/).waitFor()
  await strip.getByRole('button', { name: 'Pause' }).click()
  await strip.getByText(/Paused at \d of 8/).waitFor()
  await strip.getByRole('button', { name: 'Go on' }).click()
  await notice(page, 'Sent again: 8 dead letters.').waitFor()
  await page.getByText('No dead letter fits this filter.').waitFor()
  await page.getByRole('button', { name: 'Show all' }).click()
  await page.getByText('No dead letters', { exact: true }).waitFor()
  const { items } = await product.relay.call<{ items: { state: string }[] }>('GET', '/deliveries?limit=100')
  expect(items.filter(({ state }) => state === 'failed')).toEqual([])
  await openScreen(page, 'Endpoints')
  await row(page, /active.*Shop.*100 % of 9/).click()
  const day = page.getByRole('region', { name: 'Last 24 hours' })
  await day.getByText('100 % of 9').waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

it.skipIf(isOverPort)('an answer that comes after a person went elsewhere does not fetch them back', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Alerts')
  await page.getByRole('button', { name: 'New alert' }).click()
  await page.getByLabel('Name').fill('Too late')
  await page.getByLabel('Watch').selectOption('Dead letters')
  await page.getByLabel('Raise from').fill('3')
  const answered = Promise.withResolvers<void>()
  await page.route(/\/rpc\/alerts\/create/, (route) => answered.promise.then(() => route.continue()))
  await page.getByRole('button', { name: 'Create alert' }).click()
  await openScreen(page, 'Sources')
  // What the answer sets off ends with reading the alerts again.
  const listed = page.waitForEvent('requestfinished', (request) => request.url().includes('/rpc/alerts/list'))
  answered.resolve()
  await listed
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
  await shownScreen(page, 'Sources').waitFor()
  expect(new URL(page.url()).hash).toContain('#/sources')
  expect(complaints).toEqual([])
  await page.context().close()
})
