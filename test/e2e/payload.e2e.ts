import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Product, startProduct } from './support/product.ts'
import { eventually, notice, row } from './support/window.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

async function call<T>(method: string, path: string, body: unknown): Promise<T> {
  const { api, token } = product.relay.ready
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return (await (await fetch(`${api}${path}`, { method, headers, body: JSON.stringify(body) })).json()) as T
}

const compose = (type: string, data: unknown) => call<{ id: string }>('POST', '/events', { type, data })

async function fromMenu(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

const clipboard = (page: Page) => page.evaluate('navigator.clipboard.readText()')

it('RPL-3 a payload is searched, folded, and its paths and values copied, by keyboard', async () => {
  const { page, complaints } = await product.open()
  await compose('order.paid', { order: { id: 'ord_1', lines: [{ sku: 'a' }, { sku: 'needle', 'odd key': 12 }] } })
  await row(page, 'order.paid').click()
  const payload = page.getByRole('region', { name: 'Payload' })
  await payload.focus()
  await page.keyboard.press('Control+f')
  await page.keyboard.type('NEEDLE')
  await page.keyboard.press('Enter')
  const chosen = page.getByRole('group', { name: 'Chosen line' })
  await chosen.getByText('$.order.lines[1].sku', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Copy value' }).click()
  expect(await clipboard(page)).toBe('needle')
  await payload.focus()
  await page.keyboard.press('ArrowDown')
  await page.getByRole('button', { name: 'Copy path' }).click()
  expect(await clipboard(page)).toBe('$.order.lines[1]["odd key"]')
  await payload.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowLeft')
  await payload.getByText('2 keys').waitFor()
  expect(await payload.getByText('needle').count()).toBe(0)
  await page.keyboard.press('ArrowRight')
  await payload.getByText('needle').waitFor()
  expect(complaints).toEqual([])
})

it('RPL-3 ten megabytes of JSON open while what is typed elsewhere shows at once, and are searched whole', async () => {
  const { page, complaints } = await product.open()
  const rows = Array.from({ length: 160_000 }, (_, index) => ({ index, text: 'a row of very many of them' }))
  const body = JSON.stringify({ rows })
  expect(body.length).toBeGreaterThan(7_000_000)
  await fetch(`${product.relay.ready.capture}/inbox/big`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  await row(page, 'POST /big').click()
  await page.getByLabel('Find in Payload').fill('"index": 159999')
  await page.keyboard.press('Enter')
  await page.getByText('$.rows[159999].index').waitFor()
  await page.getByText('1 of 1', { exact: true }).waitFor()
  expect(complaints).toEqual([])
})

it('RPL-3 any two events are compared by pressing d on each: fields, lines and headers', async () => {
  const { page, complaints } = await product.open()
  const left = await compose('order.paid', { id: 1, total: 10, items: ['a', 'b'] })
  const right = await compose('order.paid', { id: 2, items: ['b'], total: 10 })
  // Not the first of its type: that is the other one until this one has come.
  await page.locator(`#row-${right.id}`).click()
  await page.keyboard.press('d')
  await page.getByText(/^compare order\.paid with/).waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('d')
  await page.getByRole('table', { name: 'Fields that differ' }).getByText('$.items[0]').waitFor()
  await page.getByText('2 fields differ').waitFor()
  await page.getByRole('button', { name: 'Lines' }).click()
  await page.getByRole('region', { name: 'Lines beside each other' }).getByText('"b"').first().waitFor()
  await page.getByRole('tab', { name: 'Headers' }).click()
  await page.getByText('Nothing differs.').waitFor()
  expect(new URL(page.url()).hash).toContain(`left=${right.id}`)
  expect(new URL(page.url()).hash).toContain(`right=${left.id}`)
  await page.getByRole('button', { name: 'Swap' }).click()
  await expect.poll(() => new URL(page.url()).hash).toContain(`left=${left.id}`)
  expect(complaints).toEqual([])
})

it('RPL-5 SE25 events are exported as HAR, and that file imported again; a broken one is refused with its reason', async () => {
  const { page, complaints } = await product.open()
  await compose('invoice.sent', { number: 'INV-1' })
  await row(page, 'invoice.sent').click()
  await fromMenu(page, 'Export')
  await page.getByLabel('HAR 1.2').check()
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export', exact: true }).click(),
  ])
  await notice(page, 'Exported 1 event.').waitFor()
  expect(saved.suggestedFilename()).toMatch(/^hookloop-.*\.har$/)
  const buffer = readFileSync(await saved.path())
  await page.getByRole('button', { name: 'More for the Inbox' }).click()
  await page.getByRole('menuitem', { name: 'Import' }).click()
  const files = page.getByLabel('File to import')
  await files.setInputFiles({ name: 'half.har', mimeType: 'application/json', buffer: buffer.subarray(0, -20) })
  await page.getByText('Export it again: this file is not whole.').waitFor()
  await files.setInputFiles({ name: 'shop.har', mimeType: 'application/json', buffer })
  await page.getByText('invoice.sent ×1').waitFor()
  await page.getByRole('button', { name: 'Import 1 event' }).click()
  await page.getByText('1 event was imported.').waitFor()
  await page.goBack()
  await row(page, /imported invoice\.sent/).click()
  await page.getByText('Imported from shop.har').waitFor()
  await page.getByText('"INV-1"').waitFor()
  expect(complaints).toEqual([])
})

it('SE27 a request is copied as a command for any shell, its secrets as placeholders', async () => {
  const { page, complaints } = await product.open()
  await fetch(`${product.relay.ready.capture}/inbox/secret`, {
    method: 'POST',
    headers: { authorization: 'Bearer s3cret', 'content-type': 'application/json' },
    body: '{"a":1}',
  })
  await row(page, 'POST /secret').click()
  await fromMenu(page, 'Copy as a command')
  const command = page.getByRole('region', { name: 'Command' })
  for (const [shell, word] of [
    ['sh, bash, zsh', 'curl -X POST'],
    ['PowerShell', 'HttpRequestMessage'],
    ['cmd', 'curl.exe -X POST'],
  ] as const) {
    await page.getByRole('button', { name: shell, exact: true }).click()
    await command.getByText(word).waitFor()
    expect(await command.innerText()).not.toContain('s3cret')
  }
  await page.getByLabel('With 1 secret').click()
  expect(await command.innerText()).toContain('s3cret')
  await page.getByRole('button', { name: 'Copy command' }).click()
  expect(await clipboard(page)).toContain('s3cret')
  expect(complaints).toEqual([])
})

it('RPL-8 RPL-5 a type is added from captured events, drift from it seen, and the schema saved anew', async () => {
  const { page, complaints } = await product.open()
  for (const points of [1, 2]) await compose('loyalty.changed', { user: 'u', points })
  await row(page, 'loyalty.changed').click()
  await page.getByRole('tab', { name: 'Schema' }).click()
  await page.getByText('The catalog does not know this type').waitFor()
  await page.getByRole('button', { name: 'TypeScript' }).click()
  await page.getByText('export interface LoyaltyChanged').waitFor()
  await page.getByRole('button', { name: 'Add to the catalog with this schema' }).click()
  await page.getByText('It fits the schema of').waitFor()
  await compose('loyalty.changed', { points: 'three', level: 'gold' })
  await row(page, /loyalty\.changed.* drifted/).click()
  const differences = page.getByRole('table', { name: 'Differences' })
  await differences.getByRole('row', { name: /missing.*\$\.user/ }).waitFor()
  await differences.getByRole('row', { name: /other type.*\$\.points/ }).waitFor()
  await differences.getByRole('row', { name: /new.*\$\.level/ }).waitFor()
  await page.getByRole('button', { name: 'Of captured events' }).click()
  await page.getByRole('button', { name: 'Save as this type’s schema' }).click()
  await page.getByText('It fits the schema of').waitFor()
  await eventually(
    () => page.getByRole('option', { name: /drifted/ }).count(),
    (count) => count === 0,
  )
  await page.getByRole('tab', { name: 'Code' }).click()
  await page.getByText('there is nothing to verify').waitFor()
  expect(complaints).toEqual([])
})
