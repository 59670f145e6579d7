import type { Page } from 'playwright-core'
import { Webhook } from 'standardwebhooks'
import { expect } from 'vitest'
import { type Receiver, type ReceivedRequest, startReceiver } from '#test/support/receiver.ts'
import { curl, openScreen, row } from './window.ts'

function verified(request: ReceivedRequest | undefined, secret: string): unknown {
  if (request === undefined) throw new Error('nothing came')
  const headers = Object.fromEntries(request.headers.map(([name, value]) => [name.toLowerCase(), value]))
  return new Webhook(secret).verify(request.body.toString(), headers)
}

/** Whatever carries the window to its engine: endpoint, capture, signed delivery with a retry, time line, replay. */
export async function doNewcomersJob(page: Page): Promise<void> {
  const receiver = await startReceiver({ script: [{ status: 500, body: 'no table yet' }, { status: 200 }] })
  try {
    await doJob(page, receiver)
  } finally {
    await receiver.close()
  }
}

async function doJob(page: Page, receiver: Receiver): Promise<void> {
  await page.getByText('Nothing captured yet').waitFor()

  await page.getByRole('button', { name: /^time ×1$/ }).click()
  await page.getByRole('menuitemradio', { name: /×3600/ }).click()
  await page.getByRole('button', { name: /^time ×3600$/ }).waitFor()

  await openScreen(page, 'Endpoints')
  await page.getByRole('button', { name: 'Create an endpoint' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Local API')
  await page.getByLabel('URL', { exact: true }).fill(`${receiver.url}/hooks`)
  await page.getByRole('button', { name: 'Select everything' }).click()
  await page.getByRole('button', { name: 'Create endpoint' }).click()
  const secret = await page.getByRole('dialog').getByRole('code').innerText()
  await page.getByRole('button', { name: 'I have stored it' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  const captureUrl = await page.locator('header [title^="http"]').getAttribute('title')
  await openScreen(page, 'Inbox')
  await curl(captureUrl ?? '', '{"hello":1}', '-H', 'Content-Type: application/json')
  await row(page, /POST \/ · application\/json.*1 of 1/).click()
  const [failed, delivered] = await receiver.waitFor(2)
  expect(verified(failed, secret)).toEqual({ hello: 1 })
  expect(verified(delivered, secret)).toEqual({ hello: 1 })

  await page.getByRole('tab', { name: 'Deliveries' }).click()
  await page.getByRole('button', { name: /^Attempt 1: 500/ }).waitFor()
  await page.getByRole('button', { name: /^Attempt 2: 200/ }).waitFor()
  await page.getByText(/^delivered in/).waitFor()

  await page.getByRole('button', { name: 'Replay…', exact: true }).click()
  await page.getByRole('dialog').getByText('1 endpoint: Local API').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Replay' }).click()
  await page.getByText('1 of 1 delivery done.').waitFor()
  const requests = await receiver.waitFor(3)
  expect(verified(requests[2], secret)).toEqual({ hello: 1 })
  await page.getByRole('link', { name: 'Show its deliveries' }).click()
  await row(page, /delivered.*Local API/).waitFor()
}
