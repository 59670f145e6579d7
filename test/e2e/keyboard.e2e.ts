import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Receiver, startReceiver } from '#test/support/receiver.ts'
import { type Product, startProduct } from './support/product.ts'
import { notice, row, shownScreen } from './support/window.ts'

let product: Product
let receiver: Receiver

beforeAll(async () => {
  product = await startProduct()
  receiver = await startReceiver({ script: [{ status: 200 }, { status: 404 }, { status: 200 }] })
  const shop = { name: 'Shop', url: receiver.url, eventTypes: ['*'], policy: 'standard' }
  await product.relay.call('POST', '/endpoints', shop)
})

afterAll(async () => {
  await product.close()
  await receiver.close()
})

function palette(page: Page) {
  return page.getByRole('dialog', { name: 'Find a place or an action' })
}

/** Finds by name and runs, as a person types. */
async function find(page: Page, words: string, name: string | RegExp): Promise<void> {
  await page.keyboard.press('Control+k')
  await palette(page).getByRole('combobox').waitFor()
  await page.keyboard.type(words)
  await palette(page).getByRole('option', { name, selected: true }).waitFor()
  await page.keyboard.press('Enter')
}

/** Moves the focus on until it is on a control of this text. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let step = 0; step < 40; step += 1) {
    if (name.test(String(await page.evaluate('document.activeElement?.textContent')))) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The keyboard does not come to ${name.source}`)
}

it('DSK-2 the main job by the keyboard alone: capture, open, replay, inspect, retry', async () => {
  const { page, complaints } = await product.open()
  const { keyboard } = page
  await page.getByText('Nothing captured yet').waitFor()
  await fetch(`${product.relay.ready.capture}/inbox`, { method: 'POST', body: '{"order":7}' })
  await row(page, /POST/).waitFor()
  await keyboard.press('j')
  await keyboard.press('Enter')
  await page.getByRole('region', { name: 'Payload' }).waitFor()

  await keyboard.press('r')
  const dialog = page.getByRole('dialog', { name: /^Replay/ })
  await dialog.waitFor()
  await tabTo(page, /^Replay( |$)/)
  await keyboard.press('Enter')
  await receiver.waitFor(2)
  await keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })

  await keyboard.press('g')
  await keyboard.press('d')
  await shownScreen(page, 'Deliveries').waitFor()
  await row(page, /failed/).waitFor()
  await keyboard.press('Home')
  await keyboard.press('Enter')
  await page.getByText('Your server answered 404').waitFor()
  await keyboard.press('t')
  await row(page, /delivered/).waitFor()
  await page.getByRole('button', { name: /^Attempt 2: 200/ }).waitFor()
  await keyboard.press('Escape')
  await page.getByRole('region', { name: 'Details' }).waitFor({ state: 'detached' })
  expect(receiver.requests.at(-1)?.body.toString()).toBe('{"order":7}')
  expect(complaints).toEqual([])
})

it('DSK-2 the palette goes to every place and to things by name, and does what the open screen offers', async () => {
  const { page, complaints } = await product.open()
  await row(page, /POST/).waitFor()
  // What is typed before it stands there goes to it, and does nothing else: `r` alone would replay.
  const typed = Promise.withResolvers<void>()
  await page.route(/\/palette-[^/]*\.js$/, (route) => typed.promise.then(() => route.continue()))
  await page.keyboard.press('j')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('replays')
  typed.resolve()
  await palette(page)
    .getByRole('option', { name: /^Replays/, selected: true })
    .waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/replays/)
  await find(page, 'dead le', /^Dead letters/)
  await page.getByText('No dead letters').waitFor()
  // Out of a field, too.
  await find(page, 'catalog', /^Catalog/)
  await page.getByLabel('Find providers').click()
  await find(page, 'shop', /^Shop/)
  await page.getByRole('heading', { name: 'Shop' }).waitFor()
  await find(page, 'pause the end', /^Pause the endpoint/)
  await notice(page, /^Paused\./).waitFor()
  await find(page, 'pull_request', /^pull_request/)
  await page.getByRole('heading', { name: 'pull_request' }).waitFor()
  await find(page, 'backups', /^Backups/)
  await page.getByRole('heading', { name: 'Backups' }).waitFor()
  await find(page, 'theme: light', /^Theme: light/)
  await expect.poll(() => page.evaluate('document.documentElement.dataset.theme')).toBe('light')
  await find(page, 'no such thing', /^Find events that hold “no such thing”/)
  await page.getByText('No event matches this filter.').waitFor()
  expect(complaints).toEqual([])
})

it('DSK-2 says why an action cannot be done, in the palette and by its key', async () => {
  const { page, complaints } = await product.open()
  await row(page, /POST/).waitFor()
  await find(page, 'dead le', /^Dead letters/)
  await page.getByText('No dead letters').waitFor()
  await page.keyboard.press('r')
  await notice(page, 'There is no dead letter to retry').waitFor()
  await page.keyboard.press('Control+k')
  await palette(page)
    .getByRole('option', { name: /^Retry all dead letters shown.*There is no dead letter to retry/, disabled: true })
    .waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard' })
  await sheet.getByText('Find a place or an action').waitFor()
  await sheet.getByText('Next row').waitFor()
  expect(complaints).toEqual([])
})
