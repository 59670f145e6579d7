import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Product, startProduct } from './support/product.ts'
import { openScreen, row, screenLink } from './support/window.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct()
})

afterAll(() => product.close())

it('SEC-5 shows who did what, narrows it, proves that nothing was tampered with, and saves it', async () => {
  const { page, complaints } = await product.open()
  await page.getByText('Waiting').or(page.getByText('capture')).first().waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await page.getByText('Nothing has been changed yet').waitFor()

  const { relay } = product
  const { id } = await relay.call<{ id: string }>('POST', '/endpoints', { name: '=Orders', url: 'http://127.0.0.1:9/' })
  await relay.call('PATCH', `/endpoints/${id}`, { owner: 'Kim', headers: [['X-Token', 'hush']] })
  await expect(relay.call('DELETE', '/endpoints/end_none')).rejects.toThrow('404')
  await row(page, /refused.*endpoint\.delete/).waitFor()

  await row(page, /endpoint\.update/).click()
  const details = page.getByRole('region', { name: 'Details' })
  await details.getByRole('row', { name: 'owner – Kim' }).waitFor()
  await details.getByRole('row', { name: 'headers changed; its value is not kept' }).waitFor()
  expect(await details.innerText()).not.toContain('hush')
  await details.getByRole('button', { name: 'Only of this' }).click()
  await expect.poll(() => page.getByRole('option').count()).toBe(2)
  await page.getByRole('button', { name: /^Remove the filter target/ }).click()

  await page.keyboard.press('/')
  await page.getByLabel('Filter activity').fill('outcome:refused')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.getByRole('option').count()).toBe(1)
  await page.keyboard.press('Backspace')
  await expect.poll(() => page.getByRole('option').count()).toBe(3)

  await page.getByRole('button', { name: 'Check…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Check the audit log' })
  await dialog.getByRole('button', { name: 'Check', exact: true }).click()
  await dialog.getByText('The log is whole').waitFor()
  await dialog.getByText('3 entries are as they were written.').waitFor()
  await dialog.getByLabel(/A head that you noted/).fill(`9:${'a'.repeat(64)}`)
  await dialog.getByRole('button', { name: 'Check', exact: true }).click()
  await dialog.getByText('Audit broken at row 4').waitFor()
  await dialog.getByRole('button', { name: 'Close' }).last().click()

  await page.getByRole('button', { name: 'Export' }).click()
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'CSV, for spreadsheets' }).click(),
  ])
  const text = await readFile(await saved.path(), 'utf8')
  expect(text.split('\r\n')).toHaveLength(5)
  expect(text).toContain(",'=Orders,done,")
  expect(complaints).toEqual([])
})

it('is reached by keyboard alone, from the list to an entry and back', async () => {
  const { page } = await product.open()
  await screenLink(page, 'Activity').waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await row(page, /endpoint\.create/).waitFor()
  for (const key of ['j', 'j', 'Enter']) await page.keyboard.press(key)
  await page.getByRole('region', { name: 'Details' }).getByText('entry 2').waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByRole('region', { name: 'Details' }).count()).toBe(0)
})

it('CRL-1 maps keys and secrets, opens the screen of each, and saves the map without a value', async () => {
  const { page, complaints } = await product.open()
  await product.relay.call('POST', '/keys', { name: 'robot', scopes: ['keys:write'] })
  await openScreen(page, 'Activity')
  await page.getByRole('navigation', { name: 'Activity' }).getByRole('link', { name: 'Credentials' }).click()
  await row(page, /API key robot.*never ends, may do much/).waitFor()
  await page.getByRole('button', { name: 'Export' }).click()
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'JSON', exact: true }).click(),
  ])
  const text = await readFile(await saved.path(), 'utf8')
  expect(JSON.parse(text)).toContainEqual(expect.objectContaining({ kind: 'signing_secret', name: '=Orders' }))
  expect(text).not.toMatch(/whsec_|hlk_/)
  await row(page, /signing secret =Orders/).click()
  await page.getByRole('region', { name: 'Details' }).waitFor()
  expect(new URL(page.url()).hash).toMatch(/^#\/vault\/sec_/)
  expect(complaints).toEqual([])
})
