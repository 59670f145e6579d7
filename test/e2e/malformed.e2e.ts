import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Product, startProduct } from './support/product.ts'
import { eventually, row } from './support/window.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct()
})

afterAll(() => product.close())

const base = () => new URL(product.relay.ready.capture)

/** Writes these very bytes, and waits for the end of the connection. */
async function sendBytes(bytes: string): Promise<void> {
  const socket = connect(Number(base().port), base().hostname)
  socket.on('error', () => {}).resume()
  socket.end(Buffer.from(bytes, 'latin1'))
  await once(socket, 'close')
}

const H = 'Host: shop.example\r\n'

it('CP14 shows what was no request: its note, its peer and its first bytes, with nothing to replay', async () => {
  const { page, complaints } = await product.open()
  await sendBytes(`BREW /in/inbox/pot HTTP/1.1\r\n${H}X-Kind: tea\r\n\r\n`)
  await row(page, /BREW \/pot.*malformed/).click()
  const details = page.getByRole('region', { name: 'Details' })
  await details.getByText('The method is not one of HTTP.').waitFor()
  await details.getByText('from 127.0.0.1').waitFor()
  await page.getByRole('region', { name: 'First bytes' }).getByText('X-Kind: tea').waitFor()
  await page.getByRole('tab', { name: 'Headers' }).click()
  await details.getByText('The head could not be read').waitFor()
  await page.getByRole('tab', { name: 'Raw' }).click()
  expect((await page.getByRole('region', { name: 'Raw message' }).innerText()).split('BREW')).toHaveLength(2)
  for (const name of ['Replay…', 'Copy as cURL'])
    expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0)
  expect(complaints).toEqual([])
})

it('CP13 says in the list that a sender spoke TLS or HTTP/2', async () => {
  const { page, complaints } = await product.open()
  const speak = async (...args: string[]) => once(spawn('curl', ['--silent', '--insecure', ...args]), 'close')
  await speak(`https://${base().host}/in/inbox`)
  await row(page, /The sender spoke TLS to a plain HTTP port/).click()
  await page.getByRole('region', { name: 'First bytes' }).getByText('16 03 01').waitFor()
  await sendBytes('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
  await row(page, /The sender spoke HTTP\/2/).click()
  await page.getByRole('region', { name: 'First bytes' }).getByText('PRI * HTTP/2.0').waitFor()
  expect(complaints).toEqual([])
})

it('CP16 tells how much of a body came, and CP01 what was too large, headers kept', async () => {
  const { page, complaints } = await product.open()
  await sendBytes(`POST /in/inbox/half HTTP/1.1\r\n${H}Content-Length: 100\r\n\r\nhalf of it`)
  await row(page, /POST \/half.*partial/).click()
  await page.getByText('The sender left after 10 of 100 bytes.').waitFor()
  await page.getByText('10 B of 100 B').waitFor()
  await sendBytes(`POST /in/inbox/huge HTTP/1.1\r\n${H}X-Kept: yes\r\nContent-Length: 10737418240\r\n\r\n`)
  await row(page, /POST \/huge.*refused/).click()
  await page.getByText('A body of 10737418240 bytes was refused: the source takes 26214400 bytes at most.').waitFor()
  await page.getByRole('tab', { name: 'Headers' }).click()
  await page.getByRole('table', { name: 'Headers' }).getByText('X-Kept').waitFor()
  expect(complaints).toEqual([])
})

it('CP02 shows trailers in a section of their own', async () => {
  const { page, complaints } = await product.open()
  const chunked = 'Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\nok\r\n0\r\nX-Checksum: abc\r\n\r\n'
  await sendBytes(`POST /in/inbox/trailed HTTP/1.1\r\n${H}${chunked}`)
  await row(page, 'POST /trailed').click()
  await page.getByRole('tab', { name: 'Headers' }).click()
  await page.getByRole('table', { name: 'Trailers' }).getByText('X-Checksum').waitFor()
  expect(await page.getByRole('table', { name: 'Headers' }).getByText('X-Checksum').count()).toBe(0)
  expect(complaints).toEqual([])
})

it('finds what is not whole by one word of the filter', async () => {
  const { page } = await product.open()
  await page.getByRole('combobox', { name: 'Filter events' }).fill('capture:malformed ')
  await row(page, /BREW/).waitFor()
  await eventually(
    () => page.getByRole('option').allInnerTexts(),
    (rows) => rows.length > 0 && rows.every((text) => text.includes('malformed')),
  )
})

async function post(path: string, contentType: string, body: string | Uint8Array<ArrayBuffer>): Promise<void> {
  const headers = { 'content-type': contentType }
  await fetch(`${base()}/inbox${path}`, { method: 'POST', headers, body })
}

it('CP23 shows deep, long and doubled JSON, digits as sent, with marks', async () => {
  const { page, complaints } = await product.open()
  const show = async (name: string, body: string, expected: string) => {
    await post(`/${name}`, 'application/json', body)
    await row(page, `POST /${name}`).click()
    await page.getByRole('region', { name: 'Payload' }).getByText(expected).first().waitFor()
  }
  await show('deep', '['.repeat(50_000) + ']'.repeat(50_000), '[')
  await show('long', `{"n":${'1234567890'.repeat(500_000)}}`, 'more characters')
  await show(
    'keys',
    JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`k${at}`, at]))),
    '"k7"',
  )
  await show('marks', '{"a":1e400,"a":12345678901234567890,"b":1.10}', '12345678901234567890')
  await page.getByText('1 key stands twice in an object').waitFor()
  await page.getByText('2 numbers lose digits').waitFor()
  await page.getByRole('region', { name: 'Payload' }).getByText('1.10').waitFor()
  expect(complaints).toEqual([])
})

it('CP03 labels lossy text, and CP05 shows the parts of a form', async () => {
  const { page, complaints } = await product.open()
  await post('/lossy', 'application/json', Uint8Array.from([0x7b, 0xff, 0x7d]))
  await row(page, 'POST /lossy').click()
  await page.getByText('Not valid UTF-8: shown as bytes.').waitFor()
  await page.getByText('7b ff 7d').waitFor()
  await page.getByRole('button', { name: 'Show as text' }).click()
  await page.getByText('A lossy view').waitFor()
  const form = new FormData()
  form.append('note', 'hello parts')
  form.append('file', new Blob(['<script>1</script>'], { type: 'text/html' }), '../../evil.html')
  await fetch(`${base()}/inbox/parts`, { method: 'POST', body: form })
  await row(page, 'POST /parts').click()
  const parts = page.getByRole('list', { name: 'Payload' })
  await page.getByText('hello parts').waitFor()
  await parts.getByText('../../evil.html').click()
  await page.getByText('<script>1</script>').waitFor()
  expect(complaints).toEqual([])
})
