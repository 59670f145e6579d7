import { connect } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Product, startProduct } from './support/product.ts'
import { eventually, openScreen, row } from './support/window.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct()
})

afterAll(() => product.close())

async function send(number: number): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ order: { number } })
  await fetch(`${product.relay.ready.capture}/orders`, { method: 'POST', headers, body })
}

it('CAP-9 shows which messages of a source are missing, how to have them again, and what came around them', async () => {
  await product.relay.call('POST', '/sources', { name: 'Orders', slug: 'orders', provider: 'paddle' })
  for (let number = 1; number <= 10; number++) await send(number)
  const { hostname, port } = new URL(product.relay.ready.capture)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {}).resume()
  socket.end('POST /in/orders/lost HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n{"order":')
  await once(socket, 'close')
  await eventually(
    () => product.relay.call<{ items: unknown[] }>('GET', '/events?source=orders&capture=partial'),
    ({ items }) => items.length === 1,
  )
  for (let number = 15; number <= 20; number++) await send(number)

  const { page, complaints } = await product.open()
  await openScreen(page, 'Sources')
  await row(page, /Orders/).click()
  const section = page.getByRole('region', { name: 'Missing messages' })
  await section.getByText('Too little came to tell').waitFor()
  await section.getByRole('button', { name: 'Details' }).click()
  await section.getByText('a single lost one cannot be seen').waitFor()

  const place = section.getByLabel('Where it numbers its messages')
  await place.fill('order.number')
  await place.press('Enter')
  await section.getByRole('alert').getByText('json:').waitFor()
  await place.fill('json:order.number')
  await place.press('Enter')
  await section.getByText('1 gap, 4 ids missing').waitFor()
  await section.getByText('4 ids missing: 11 to 14').waitFor()
  await section.getByText('1 message in it did not arrive whole.').waitFor()
  await section.getByText('Developer tools → Notifications').waitFor()

  await section.getByRole('link', { name: 'Show in the Inbox' }).click()
  await row(page, /POST \/lost.*partial/).waitFor()
  await eventually(
    () => page.getByRole('option').count(),
    (count) => count === 3,
  )
  await page.goBack()
  await section.getByText('1 gap, 4 ids missing').waitFor()
  // The browser itself notes the answer to the place that was none.
  expect(complaints.filter((text) => !text.includes('400'))).toEqual([])
})
