import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Product, startProduct } from './support/product.ts'
import { notice, openScreen, row } from './support/window.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct()
  await product.relay.call('POST', '/sources', { name: 'Flaky', slug: 'flaky' })
  await product.relay.call('POST', '/sources', { name: 'Meta', slug: 'meta', provider: 'meta' })
})

afterAll(() => product.close())

const send = async (body: unknown = {}) =>
  (await fetch(`${product.relay.ready.capture}/flaky`, { method: 'POST', body: JSON.stringify(body) })).status

async function openSource(name = /Flaky/) {
  const opened = await product.open()
  await openScreen(opened.page, 'Sources')
  await row(opened.page, name).click()
  return opened
}

it('CAP-3 writes a script of answers, watches where it stands, and begins it again', async () => {
  const { page, complaints } = await openSource()
  await page.getByLabel('The sender is answered').selectOption('by a script of answers')
  await page.getByLabel('Status of step 2').fill('503')
  await page.getByLabel('Delay of step 2').fill('20')
  await page.getByLabel('Body of step 3').fill('{"taken":true}')
  await page.getByRole('button', { name: 'Add a step' }).click()
  await page.getByRole('button', { name: 'Remove step 4' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('answers 500, 503, 200').waitFor()
  await page.getByText('Nothing answered yet; step 1 of 3 comes next.').waitFor()
  expect([await send(), await send()]).toEqual([500, 503])
  await page.getByText('2 answers given; step 3 of 3 comes next.').waitFor()
  expect(await page.getByRole('listitem').and(page.locator('[aria-current=step]')).innerText()).toContain('3')
  await page.getByRole('button', { name: 'Begin again' }).click()
  await page.getByText('Nothing answered yet; step 1 of 3 comes next.').waitFor()
  expect([await send(), await send(), await send(), await send()]).toEqual([500, 503, 200, 200])
  expect(complaints).toEqual([])
})

it('CAP-3 keeps what a person is typing while requests come in', async () => {
  const { page } = await openSource()
  await page.getByText(/step 3 of 3 comes next/).waitFor()
  await page.getByLabel('Body of step 1').fill('half a sent')
  await send()
  await page.getByText(/5 answers given/).waitFor()
  expect(await page.getByLabel('Body of step 1').inputValue()).toBe('half a sent')
  await page.getByRole('button', { name: 'Undo' }).click()
})

it('CAP-3 says at the step what cannot be answered', async () => {
  const { page } = await openSource()
  const step = page.getByRole('listitem').filter({ has: page.getByLabel('Status of step 2') })
  await step.getByText('Headers', { exact: true }).click()
  await step.getByRole('button', { name: 'Add a header' }).click()
  await step.getByLabel('Name of header 1').fill('Set-Cookie')
  await step.getByLabel('Value of header 1').fill('a=b')
  await page.getByRole('button', { name: 'Save' }).click()
  await step.getByRole('alert').getByText('Set-Cookie is set by Hookloop itself').waitFor()
})

it('CAP-4 says what a handshake lacks, takes the verify token, and answers the next one', async () => {
  const ask = async () => {
    const query = 'hub.mode=subscribe&hub.verify_token=canary-1&hub.challenge=1158201444'
    const response = await fetch(`${product.relay.ready.capture}/meta?${query}`)
    return { status: response.status, text: await response.text() }
  }
  expect((await ask()).status).toBe(403)
  const { page, complaints } = await product.open()
  await row(page, /meta.*handshake/).click()
  await page.getByText('Enter the sender’s verify token as the verify token of this source').waitFor()
  await openScreen(page, 'Sources')
  await row(page, /Meta/).click()
  await page.getByLabel('Verify token', { exact: true }).fill('canary-1')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Remove the verify token' }).waitFor()
  expect(await page.getByLabel('Verify token', { exact: true }).inputValue()).toBe('')
  expect(await ask()).toEqual({ status: 200, text: '1158201444' })
  await openScreen(page, 'Inbox')
  await row(page, /meta.*handshake/).click()
  await page.getByText('Meta and WhatsApp asked whether this address is meant, and was answered.').waitFor()
  expect(await page.content()).not.toContain('canary-1')
  expect(complaints).toEqual([])
})

it('CAP-7 copies the code for pages, and replaces their key', async () => {
  const { page, complaints } = await openSource()
  await page.getByText('Events from pages').click()
  await page.getByRole('button', { name: 'Copy the address for pages' }).click()
  const before = String(await page.evaluate('navigator.clipboard.readText()'))
  const message = { id: 'a', type: 'call_ended', createdAt: '2026-11-20T09:12:04Z', data: 1 }
  const ingest = async (url: string) => (await fetch(url, { method: 'POST', body: JSON.stringify(message) })).status
  expect(await ingest(before)).toBe(201)
  await page.getByRole('button', { name: 'Copy the code for pages' }).click()
  expect(await page.evaluate('navigator.clipboard.readText()')).toContain(`navigator.sendBeacon('${before}'`)
  await page.getByRole('button', { name: 'Replace the key…' }).click()
  await page.getByRole('button', { name: 'Replace key' }).click()
  await notice(page, 'The key is replaced.').waitFor()
  expect(await ingest(before)).toBe(404)
  expect(complaints).toEqual([])
})
