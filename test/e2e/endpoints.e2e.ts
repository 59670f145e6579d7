import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Receiver, startReceiver } from '#test/support/receiver.ts'
import { type Product, startProduct } from './support/product.ts'
import { notice, openScreen, row } from './support/window.ts'

let product: Product
let receiver: Receiver

beforeAll(async () => {
  product = await startProduct()
  receiver = await startReceiver()
})

afterAll(async () => {
  await product.close()
  await receiver.close()
})

function compose(type: string): Promise<unknown> {
  return product.relay.call('POST', '/events', { type, data: { at: 1 } })
}

it('says at the field what is wrong with it, and shows the secret once', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Endpoints')
  await page.getByRole('button', { name: 'New endpoint' }).click()
  await page.getByText('It selects nothing yet, so nothing will be sent to it.').waitFor()
  await page.getByText(/A first try at once, then again after 5 s, 5 min, 30 min/).waitFor()
  await page.getByLabel('Policy').selectOption('crawlux')
  await page.getByText(/A first try at once, then again after 1 min, 5 min/).waitFor()
  await page.getByLabel('Name', { exact: true }).fill('Audits')
  await page.getByLabel('URL', { exact: true }).fill('ftp://nowhere')
  await page.getByLabel('Event types').fill('audit.*,order.paid')
  await page.getByLabel('Event types').press('Enter')
  await page.getByRole('button', { name: 'Create endpoint' }).click()
  await page.getByRole('alert').waitFor()
  expect(await page.getByLabel('URL', { exact: true }).getAttribute('aria-invalid')).toBe('true')
  await page.getByLabel('URL', { exact: true }).fill(`${receiver.url}/audits`)
  await page.getByRole('button', { name: 'Create endpoint' }).click()
  const dialog = page.getByRole('dialog', { name: 'Signing secret of Audits' })
  const secret = await dialog.getByRole('code').innerText()
  await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'Copy the secret' }).click()
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(secret)
  await dialog.getByRole('button', { name: 'I have stored it' }).click()
  await page.getByText('signed by crawlux').first().waitFor()
  expect(await page.content()).not.toContain(secret)
  expect(complaints.filter((text) => !text.includes('400'))).toEqual([])
})

it('EN21 rotates the secret, shows the new one once, and ends the overlap when told', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Endpoints')
  await row(page, /Audits/).click()
  await page.getByRole('button', { name: 'Rotate secret…' }).click()
  const ask = page.getByRole('dialog', { name: 'Rotate the secret of Audits' })
  await ask.getByLabel('Overlap').selectOption('7 days')
  await ask.getByRole('button', { name: 'Rotate', exact: true }).click()
  const shown = page.getByRole('dialog', { name: 'Signing secret of Audits' })
  const secret = await shown.getByRole('code').innerText()
  await shown.getByRole('button', { name: 'I have stored it' }).click()
  await page.getByText(/previous secret signs until/).waitFor()
  expect(await page.content()).not.toContain(secret)
  await page.getByRole('button', { name: 'Switch now' }).click()
  await page.getByText(/previous secret signs until/).waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
})

it('changes what is changed, as a new version', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Endpoints')
  await row(page, /Audits/).click()
  await page.getByLabel('Name', { exact: true }).fill('Audit log')
  await page.getByRole('button', { name: 'Add a header' }).click()
  await page.getByLabel('Name of header 1').fill('X-Team')
  await page.getByLabel('Value of header 1').fill('search')
  await page.getByRole('switch', { name: 'Forward path and query' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('version 2', { exact: true }).waitFor()
  await row(page, /Audit log/).waitFor()
  await compose('audit.completed')
  const [request] = await receiver.waitFor(1)
  expect(request?.headers).toContainEqual(['X-Team', 'search'])
  expect(complaints).toEqual([])
})

it('holds deliveries while paused, and releases them on Resume', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Endpoints')
  await row(page, /Audit log/).click()
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await row(page, /paused, by hand.*Audit log/).waitFor()
  await compose('audit.failed')
  await compose('audit.retried')
  await page.getByText('2 held').waitFor()
  await page.getByRole('contentinfo').getByRole('button', { name: 'Resume' }).click()
  await page.getByText('2 deliveries waited while it was paused.').waitFor()
  await page.getByRole('button', { name: 'Release 2 held' }).click()
  await row(page, /active.*Audit log/).waitFor()
  const requests = await receiver.waitFor(3)
  expect(requests).toHaveLength(3)
  expect(complaints).toEqual([])
})

it('discards what is held where a person wants that', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Endpoints')
  await row(page, /Audit log/).click()
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await row(page, /paused, by hand/).waitFor()
  await compose('audit.failed')
  await page.getByText('1 held').waitFor()
  await page.getByRole('button', { name: 'Resume…' }).click()
  await page.getByRole('button', { name: 'Discard 1 held' }).click()
  await notice(page, /1 delivery canceled/).waitFor()
  expect(receiver.requests).toHaveLength(3)
  expect(complaints).toEqual([])
})

it('asks before it deletes, naming what would be canceled', async () => {
  const { page, complaints } = await product.open()
  await openScreen(page, 'Endpoints')
  await row(page, /Audit log/).click()
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await row(page, /paused, by hand/).waitFor()
  await compose('audit.failed')
  await page.getByText('1 held').waitFor()
  await page.getByRole('button', { name: 'Delete…' }).click()
  await page.getByRole('button', { name: 'Delete and cancel 1 delivery' }).click()
  await page.getByText('No endpoint yet').waitFor()
  await notice(page, /Deleted Audit log\. 1 delivery canceled/).waitFor()
  // The feed may tell of the deletion before the answer does: then the page asks once for what is gone.
  expect(complaints.filter((text) => !text.includes('404'))).toEqual([])
})
