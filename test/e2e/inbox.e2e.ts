import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Product, startProduct } from './support/product.ts'
import { curl, eventually, notice, row } from './support/window.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct()
})

afterAll(() => product.close())

const JSON_HEADER = ['-H', 'Content-Type: application/json'] as const
const address = (path: string): string => `${product.relay.ready.capture}/inbox${path}`

it('teaches how to begin, and sends a real sample from the catalog', async () => {
  const { page, complaints } = await product.open()
  await page.getByText(`curl -d '{"hello":1}' ${address('')}`).waitFor()
  await page.getByRole('button', { name: 'Copy the curl command' }).click()
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`curl -d '{"hello":1}' ${address('')}`)
  await page.getByRole('button', { name: 'Send a sample' }).click()
  await row(page, /audit\.completed.*no endpoint/).click()
  await page.getByRole('region', { name: 'Payload' }).getByText('"audit_id"').waitFor()
  expect(complaints).toEqual([])
})

it('shows a payload as it was sent: digits, order and duplicate headers kept', async () => {
  const { page, complaints } = await product.open()
  await curl(
    address('/a/b?x=1'),
    '{"z":1.10,"big":12345678901234567890,"a":{}}',
    ...JSON_HEADER,
    '-H',
    'X-Twice: 1',
    '-H',
    'x-twice: 2',
  )
  await row(page, 'POST /a/b').click()
  const payload = page.getByRole('region', { name: 'Payload' })
  await payload.getByText('12345678901234567890').waitFor()
  expect((await payload.innerText()).replaceAll(/\s+/g, ' ')).toContain('"z": 1.10')
  await page.getByRole('tab', { name: 'Headers' }).click()
  const headers = await page.getByRole('table', { name: 'Headers' }).getByRole('row').allInnerTexts()
  expect(headers.map((line) => line.split('\t')[0]).filter((name) => /twice/i.test(name ?? ''))).toEqual([
    'X-Twice one of 2',
    'x-twice one of 2',
  ])
  await page.getByRole('tab', { name: 'Raw' }).click()
  await page.getByText('POST /in/inbox/a/b?x=1 HTTP/1.1').waitFor()
  await page.getByRole('button', { name: 'Bytes' }).click()
  await page.getByText('50 4f 53 54 20 2f 69 6e').waitFor()
  expect(complaints).toEqual([])
})

it('shows a form as a table, and bytes that are no text as hex', async () => {
  const { page, complaints } = await product.open()
  await curl(address('/form'), 'order=1001&note=caf%C3%A9')
  await row(page, 'POST /form').click()
  await page.getByRole('table', { name: 'Payload' }).getByText('café').waitFor()
  await fetch(address('/bytes'), { method: 'PUT', body: Uint8Array.from([0, 255, 7, 66]) })
  await row(page, 'PUT /bytes').click()
  await page.getByText('00 ff 07 42').waitFor()
  expect(complaints).toEqual([])
})

it('RPL-3 shows a large payload whole, searches it, and gives it as a download', async () => {
  const { page, complaints } = await product.open()
  const body = JSON.stringify({
    rows: Array.from({ length: 60_000 }, (_, index) => ({ index, text: 'a row of many' })),
  })
  await fetch(address('/large'), { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  await row(page, 'POST /large').click()
  await page.getByLabel('Find in Payload').fill('"index": 59999')
  await page.getByText('1 found').waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('1 of 1', { exact: true }).waitFor()
  await page.getByText('$.rows[59999].index').waitFor()
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ])
  const stream = await saved.createReadStream()
  let bytes = 0
  for await (const chunk of stream) bytes += (chunk as Buffer).length
  expect(bytes).toBe(body.length)
  expect(complaints).toEqual([])
})

it('shows what did not arrive whole, with the reason', async () => {
  const { page, complaints } = await product.open()
  const { hostname, port } = new URL(product.relay.ready.capture)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  socket.end('POST /in/inbox/half HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf of it')
  await row(page, /POST \/half.*partial/).click()
  expect(await page.getByRole('button', { name: 'Replay…', exact: true }).count()).toBe(0)
  await page.getByRole('tab', { name: 'Deliveries' }).click()
  await page.getByText('Only whole messages are delivered').waitFor()
  expect(complaints).toEqual([])
})

it('filters by text, type and source as it is typed, and says how many of how many', async () => {
  const { page, complaints } = await product.open()
  await row(page, 'POST /form').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('order=1001')
  await row(page, 'POST /form').waitFor()
  await eventually(
    () => page.getByRole('option').count(),
    (count) => count === 1,
  )
  await page.getByText(/^1 of \d+$/).waitFor()
  await page.keyboard.press('Control+A')
  await page.keyboard.type('type:audit.* source:inbox')
  await page.getByText('No event matches this filter.').waitFor()
  await page.getByRole('button', { name: 'Show all' }).click()
  await row(page, 'POST /form').waitFor()
  expect(complaints).toEqual([])
})

it('is used by keyboard alone: rows, opening, closing, cURL, replay, the sheet of keys', async () => {
  const { page, complaints } = await product.open()
  await row(page, 'POST /form').waitFor()
  const chosen = page.getByRole('option', { selected: true })
  await page.keyboard.press('j')
  const first = await chosen.innerText()
  await page.keyboard.press('ArrowDown')
  expect(await chosen.innerText()).not.toBe(first)
  await page.keyboard.press('k')
  expect(await chosen.innerText()).toBe(first)
  await page.keyboard.press('End')
  expect(await chosen.innerText()).toContain('audit.completed')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'audit.completed' }).waitFor()
  expect(page.url()).toMatch(/#\/inbox\/evt_/)
  await page.keyboard.press('c')
  await notice(page, 'Copied as cURL.').waitFor()
  expect(await page.evaluate('navigator.clipboard.readText()')).toContain('curl -X POST')
  await page.keyboard.press('r')
  await page.getByRole('dialog', { name: 'Replay audit.completed' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'audit.completed' }).waitFor({ state: 'detached' })
  await page.keyboard.press('Home')
  expect(await chosen.getAttribute('aria-posinset')).toBe('1')
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
  await page.keyboard.press('Escape')
  for (const [keys, place] of [
    ['g e', '/endpoints'],
    ['g s', '/sources'],
    ['g d', '/deliveries'],
    ['g i', '/inbox'],
  ] as const) {
    for (const key of keys.split(' ')) await page.keyboard.press(key)
    await page.waitForURL((url) => url.hash.startsWith(`#${place}`))
  }
  expect(complaints).toEqual([])
})

it('copies a cURL command that sends the very request again', async () => {
  const { page } = await product.open()
  await curl(address('/again?x=1'), `{"it's":"@quoted"}`, ...JSON_HEADER, '-H', 'X-Empty;')
  await row(page, 'POST /again').click()
  await page.getByRole('button', { name: 'Copy as cURL' }).click()
  await notice(page, 'Copied as cURL.').waitFor()
  const command = String(await page.evaluate('navigator.clipboard.readText()'))
  expect(command).toContain(`--data-raw '{"it'\\''s":"@quoted"}'`)
  expect(command).toContain("-H 'X-Empty;'")
  expect(command).toContain(`'${address('/again?x=1')}'`)
})

it('puts new rows on top, and keeps what is read in its place', async () => {
  const { page, complaints } = await product.open()
  for (let index = 0; index < 40; index++) await fetch(address(`/many/${index}`), { method: 'POST' })
  await row(page, 'POST /many/39').waitFor()
  const list = page.getByRole('listbox', { name: 'Events' })
  await list.evaluate((element) => element.scrollTo({ top: 320 }))
  const read = row(page, /POST \/many\/25 /)
    .or(row(page, /POST \/many\/25$/))
    .first()
  const before = await read.boundingBox()
  for (let index = 0; index < 3; index++) await fetch(address(`/late/${index}`), { method: 'POST' })
  await page.getByRole('button', { name: 'Show 3 new rows' }).waitFor()
  expect(await read.boundingBox()).toEqual(before)
  await page.getByRole('button', { name: 'Show 3 new rows' }).click()
  await row(page, 'POST /late/2').waitFor()
  expect(complaints).toEqual([])
})

it('holds new rows back while paused, and shows them when live again', async () => {
  const { page, complaints } = await product.open()
  await row(page, 'POST /late/2').waitFor()
  await page.getByRole('button', { name: 'Live' }).click()
  await fetch(address('/held-back'), { method: 'POST' })
  await page.getByText('1 waiting').waitFor()
  expect(await row(page, 'POST /held-back').count()).toBe(0)
  await page.getByRole('button', { name: 'Paused' }).click()
  await row(page, 'POST /held-back').waitFor()
  expect(complaints).toEqual([])
})

it('reads on as one scrolls: every event is there once', async () => {
  for (let index = 0; index < 120; index++) await fetch(address(`/page/${index}`), { method: 'POST' })
  const { page, complaints } = await product.open()
  await row(page, 'POST /page/119').waitFor()
  await eventually(
    async () => {
      await page.keyboard.press('End')
      return page.getByRole('option', { selected: true }).innerText()
    },
    (text) => text.includes('audit.completed'),
  )
  const total = await page.getByRole('option', { selected: true }).getAttribute('aria-setsize')
  const { events } = await product.relay.call<{ events: number }>('GET', '/status')
  expect(Number(total)).toBe(events)
  expect(complaints).toEqual([])
})

it('opens an event by its address, and says so where it is unknown', async () => {
  const { items } = await product.relay.call<{ items: { id: string }[] }>('GET', '/events?q=order%3D1001')
  const { page } = await product.open()
  await row(page, 'POST /page/119').waitFor()
  await page.goto(product.relay.ready.window.replace(/#.*$/, `#/inbox/${items[0]?.id}?tab=raw`))
  await page.getByText('POST /in/inbox/form HTTP/1.1').waitFor()
  await page.goto(product.relay.ready.window.replace(/#.*$/, '#/inbox/evt_00000000000000000000000000'))
  await page.getByText('This event could not be read').waitFor()
})
