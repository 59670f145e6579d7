import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { type Receiver, startReceiver } from '#test/support/receiver.ts'
import { type Product, startProduct } from './support/product.ts'
import { eventually, notice, openScreen, row } from './support/window.ts'

let product: Product
let receiver: Receiver

beforeAll(async () => {
  product = await startProduct()
  receiver = await startReceiver({ script: () => ({ status: 404, body: 'none' }) })
  const endpoint = { name: 'CRM sync', url: `${receiver.url}/hooks`, eventTypes: ['order.*'], policy: 'once' }
  await product.relay.call('POST', '/endpoints', endpoint)
  for (const data of [
    { id: 41, note: 'first' },
    { id: 42, note: 'zweiter Auftrag' },
    { id: '42', note: 'third' },
  ]) {
    await product.relay.call('POST', '/events', { type: 'order.paid', data })
  }
  await product.relay.call('POST', '/events', { type: 'audit.completed', data: { id: 42 } })
  await receiver.waitFor(3)
})

afterAll(async () => {
  await product.close()
  await receiver.close()
})

async function openAt(place: string) {
  const opened = await product.open()
  await opened.page.goto(product.relay.ready.window.replace(/#.*$/, `#${place}`))
  return opened
}

const filterOf = (page: Page, list = 'events') => page.getByRole('combobox', { name: `Filter ${list}` })
const rowsOf = (page: Page, list = 'Events') => page.getByRole('listbox', { name: list }).getByRole('option')

async function countOfRows(page: Page, wanted: number, list?: string): Promise<void> {
  await eventually(
    () => rowsOf(page, list).count(),
    (count) => count === wanted,
  )
}

it('RPL-4 narrows the rows with each letter, and never loses one however fast they come', async () => {
  const { page, complaints } = await product.open()
  await row(page, 'order.paid').waitFor()
  await page.keyboard.press('/')
  const text = 'type:order.* $.id=42 "zweiter auftrag" -source:inbox'
  await page.keyboard.type(text)
  expect(await filterOf(page).inputValue()).toBe(text)
  await countOfRows(page, 1)
  await page.waitForURL((url) => new URLSearchParams(url.hash.split('?')[1]).get('filter') === text)
  expect(await filterOf(page).inputValue()).toBe(text)
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await countOfRows(page, 4)
  expect(page.url()).not.toContain('filter')
  expect(complaints).toEqual([])
})

it('RPL-4 suggests keys and values, taken by keyboard alone', async () => {
  const { page, complaints } = await product.open()
  await row(page, 'order.paid').waitFor()
  await page.keyboard.press('/')
  const suggestions = page.getByRole('listbox', { name: 'Suggestions' })
  await suggestions.getByRole('option', { name: /^type: event type/ }).waitFor()
  await page.keyboard.type('endp')
  await page.keyboard.press('Tab')
  expect(await filterOf(page).inputValue()).toBe('endpoint:')
  await suggestions.getByRole('option', { name: /^"CRM sync"/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  expect(await filterOf(page).inputValue()).toBe('endpoint:"CRM sync" ')
  await countOfRows(page, 3)
  await page.keyboard.type('sta')
  await suggestions.waitFor()
  await page.keyboard.press('Escape')
  await suggestions.waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  expect(await filterOf(page).evaluate((element) => element === document.activeElement)).toBe(false)
  expect(complaints).toEqual([])
})

it('RPL-4 shows at the token what cannot be read and how to write it, and leaves the rows as they were', async () => {
  const { page, complaints } = await product.open()
  await row(page, 'order.paid').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('$.id=42 ')
  await countOfRows(page, 3)
  // At once, for “state” alone is a text, and rows are asked for it where its letters come slowly.
  await filterOf(page).fill('$.id=42 state:')
  await page.keyboard.press('Escape')
  await page.getByText('Not finished yet: the rows are those of the filter before.').waitFor()
  await countOfRows(page, 3)
  await page.keyboard.press('Escape')
  await page.getByText('“state:” has no value.').waitFor()
  await page.getByText('Write it like state:failed.').waitFor()
  await filterOf(page).fill('source:nowhere')
  await page.keyboard.press('Escape')
  await page.getByText('There is no source “nowhere” in this project.').waitFor()
  expect(complaints).toEqual([])
})

it('RPL-4 opens with the filter of an address, in the Inbox and in Deliveries', async () => {
  const inbox = await openAt('/inbox?filter=type:audit.*')
  await row(inbox.page, 'audit.completed').waitFor()
  await countOfRows(inbox.page, 1)
  const place = `/deliveries?filter=${encodeURIComponent('endpoint:"CRM sync" status:404 state:failed')}`
  const { page, complaints } = await openAt(place)
  await countOfRows(page, 3, 'Deliveries')
  expect(await page.getByRole('radio', { name: /failed/ }).getAttribute('aria-checked')).toBe('true')
  await filterOf(page, 'deliveries').fill('source:inbox')
  await page.keyboard.press('Escape')
  await page.getByText('“source:inbox” narrows events, not deliveries.').waitFor()
  await inbox.page.goto(product.relay.ready.window.replace(/#.*$/, '#/inbox?filter=state:lost'))
  await inbox.page.reload()
  await inbox.page.getByText('This filter cannot be read.').waitFor()
  expect([...complaints, ...inbox.complaints]).toEqual([])
})

it('RPL-4 filters by a value of the payload that is open', async () => {
  const { page, complaints } = await openAt('/inbox?filter=type:order.*')
  await countOfRows(page, 3)
  await rowsOf(page).nth(1).click()
  await page.getByRole('region', { name: 'Payload' }).getByText('"id"').click()
  await page.getByRole('button', { name: 'Filter by this' }).click()
  expect(await filterOf(page).inputValue()).toBe('type:order.* $.id=42')
  await countOfRows(page, 2)
  expect(complaints).toEqual([])
})

it('RPL-4 adds what comes in later to filtered rows, where it fits', async () => {
  const { page, complaints } = await openAt('/inbox?filter=$.id=43')
  await page.getByText('No event matches this filter.').waitFor()
  await product.relay.call('POST', '/events', { type: 'order.late', data: { id: 44 } })
  await product.relay.call('POST', '/events', { type: 'order.late', data: { id: 43 } })
  await countOfRows(page, 1)
  await openScreen(page, 'Deliveries')
  await page.getByRole('radio', { name: /failed 5/ }).click()
  await countOfRows(page, 5, 'Deliveries')
  expect(complaints).toEqual([])
})

it('RPL-4 saves a filter, finds it in the menu and the palette, renames it, and deletes it with an Undo', async () => {
  const { page, complaints } = await openAt('/inbox?filter=type:audit.*')
  await row(page, 'audit.completed').waitFor()
  const menu = page.getByRole('button', { name: 'Saved filters' })
  await menu.click()
  await page.getByRole('menuitem', { name: 'Save this filter…' }).click()
  await page.getByLabel('Name').fill('Audits')
  await page.keyboard.press('Enter')
  await notice(page, 'Saved the filter “Audits”.').waitFor()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await menu.click()
  await page.getByRole('menuitem', { name: /^Audits/ }).click()
  expect(await filterOf(page).inputValue()).toBe('type:audit.*')
  await menu.click()
  await page.getByRole('menuitem', { name: 'Rename or delete…' }).click()
  await page.getByLabel('Name of “Audits”').fill('All audits')
  await page.getByRole('button', { name: 'Rename' }).click()
  await notice(page, 'The filter is called “All audits” now.').waitFor()
  await page.getByRole('button', { name: 'Delete “All audits”' }).click()
  await notice(page, 'Deleted the filter “All audits”.').waitFor()
  await page.keyboard.press('z')
  await openScreen(page, 'Deliveries')
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder(/^Find a place/).fill('all audits')
  await page.getByRole('option', { name: /All audits\s*Inbox: type:audit/ }).click()
  await page.waitForURL((url) => url.hash.startsWith('#/inbox?filter=type'))
  await countOfRows(page, 1)
  const { items } = await product.relay.call<{ items: { name: string }[] }>('GET', '/filters')
  expect(items).toMatchObject([{ name: 'All audits', subject: 'events', filter: 'type:audit.*' }])
  expect(complaints).toEqual([])
})
