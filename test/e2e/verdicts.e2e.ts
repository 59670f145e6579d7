import { createHmac } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Product, startProduct } from './support/product.ts'
import { notice, openScreen, row } from './support/window.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct()
})

afterAll(() => product.close())

async function send(delivery: string, { secret = 'first secret', event = 'push' } = {}): Promise<void> {
  const body = '{"ref":"refs/heads/main"}'
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  const headers = { 'X-GitHub-Event': event, 'X-GitHub-Delivery': delivery, 'X-Hub-Signature-256': signature }
  await fetch(`${product.relay.ready.capture}/shop`, { method: 'POST', headers, body })
}

async function openSource(page: Page): Promise<void> {
  await openScreen(page, 'Sources')
  await row(page, /Shop/).click()
}

it('CAP-5 a source is told its sender and secret once, and shows dots from then on', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Sources')
  await page.getByRole('button', { name: 'New source' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Shop')
  await page.getByLabel('Sender', { exact: true }).selectOption('GitHub')
  await page.getByText('Without one, nothing is verified.').waitFor()
  await page.getByRole('button', { name: 'Add the secret' }).click()
  await page.getByLabel('Newest secret', { exact: true }).fill('first secret')
  await page.getByRole('button', { name: 'Create source' }).click()
  await notice(page, 'Shop captures from now on.').waitFor()
  const secret = page.getByLabel('Newest secret', { exact: true })
  await secret.waitFor()
  expect(await secret.inputValue()).toBe('')
  expect(await secret.getAttribute('placeholder')).toContain('••••')
  expect(await page.content()).not.toContain('first secret')
  expect(complaints).toEqual([])
})

it('CAP-5 the Inbox shows verdicts as they come, filters by them, and explains one with the next step', async () => {
  const { page, complaints } = await product.open()
  await send('d-1')
  await row(page, /push.*valid/).waitFor()
  await send('d-2', { secret: 'guessed' })
  await row(page, /push.*invalid/).waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('verdict:invalid ')
  await page.getByText('1 of 2').waitFor()
  await row(page, /push.*invalid/).click()
  await page.getByRole('tab', { name: 'Verify' }).click()
  const verdict = page.getByRole('region', { name: 'Verdict' })
  await verdict.getByText('The signature does not match').waitFor()
  await verdict.getByText('Compare the secret with the one that GitHub shows').waitFor()
  await page.getByRole('table', { name: 'Parts of the signature' }).getByText('X-Hub-Signature-256').waitFor()
  await verdict.getByRole('link', { name: 'Open the source' }).click()
  await page.getByRole('heading', { name: 'Shop' }).waitFor()
  expect(complaints).toEqual([])
})

it('CAP-6 a repeat leads to the first event of its message, which counts it as it comes', async () => {
  const { page, complaints } = await product.open()
  await row(page, /push.*valid/).waitFor()
  await send('d-1')
  await row(page, /push.*came 2×.*valid/).waitFor()
  await row(page, /push.*repeat.*valid/).click()
  await page.getByRole('tab', { name: 'Verify' }).click()
  await page.getByText('It came before').getByRole('link').click()
  await page.getByText('It came again 1 time since.').waitFor()
  await page.getByText('d-1').waitFor()
  expect(complaints).toEqual([])
})

it('CAP-6 repeats are dropped once the source says so, and the first counts on', async () => {
  const { page, complaints } = await product.open()
  await openSource(page)
  await page.getByLabel('Repeats of a message').selectOption('Answer, and drop them')
  await page.getByRole('button', { name: 'Save' }).click()
  await notice(page, 'Saved.').waitFor()
  await openScreen(page, 'Inbox')
  await row(page, /push/).waitFor()
  const before = await page.getByRole('option').count()
  await send('d-1')
  await row(page, /push.*came 3×.*valid/).waitFor()
  expect(await page.getByRole('option').count()).toBe(before)
  expect(complaints).toEqual([])
})

it('CAP-5 a secret is rotated: a newer one is added, the older still counts until it is removed', async () => {
  const { page, complaints } = await product.open()
  await openSource(page)
  await page.getByRole('button', { name: 'Add a newer secret' }).click()
  await page.getByLabel('Newest secret', { exact: true }).fill('second secret')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByLabel('Older secret 1', { exact: true }).waitFor()
  await notice(page, 'Saved.').waitFor()
  await send('d-3', { event: 'issues' })
  await openScreen(page, 'Inbox')
  await row(page, /issues.*valid/).click()
  await page.getByRole('tab', { name: 'Verify' }).click()
  await page.getByText('Genuine, by an older secret').waitFor()
  await openSource(page)
  await page.getByRole('button', { name: 'Remove the older secret 1' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByLabel('Older secret 1', { exact: true }).waitFor({ state: 'detached' })
  await send('d-4', { event: 'release' })
  await openScreen(page, 'Inbox')
  await row(page, /release.*invalid/).waitFor()
  expect(complaints).toEqual([])
})

it('CAP-5 says at the field that a secret does not fit, and what to do where a source has no sender', async () => {
  const { page } = await product.open()
  await openSource(page)
  await page.getByLabel('Sender', { exact: true }).selectOption('Standard Webhooks')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('group', { name: 'Secrets' }).getByRole('alert').getByText('not base64').waitFor()
  await fetch(`${product.relay.ready.capture}/inbox/anybody`, { method: 'POST' })
  await openScreen(page, 'Inbox')
  await row(page, 'POST /anybody').click()
  await page.getByRole('tab', { name: 'Verify' }).click()
  await page.getByRole('link', { name: 'Choose its sender' }).click()
  await page.getByRole('heading', { name: 'Inbox' }).waitFor()
})
