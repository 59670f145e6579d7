import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startRelay } from '#test/support/relay-process.ts'
import { isOverPort, type Product, startProduct } from './support/product.ts'
import { notice, openScreen, row } from './support/window.ts'

let product: Product

beforeAll(async () => {
  product = await startProduct()
})

afterAll(() => product.close())

const SHOP = { name: 'Shop', url: 'http://127.0.0.1:9/hook', eventTypes: ['*'], owner: 'Shop team' }

it('APC-3 CRL-3 adds a secret, shows it one time, gives it an owner, rotates and removes it', async () => {
  const { page, complaints } = await product.open()
  await page.getByText('Nothing captured yet').waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('v')
  await page.getByRole('heading', { name: 'No secret yet' }).waitFor()
  await product.relay.call('POST', '/endpoints', SHOP)
  await row(page, /Shop.*signing secret/).waitFor()

  await page.getByRole('button', { name: 'Add secret' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('api_token')
  await dialog.getByLabel('Value').fill('a value to look at')
  await dialog.getByRole('button', { name: 'Seal it' }).click()
  await notice(page, 'Sealed.').waitFor()
  await row(page, /Shop.*\{secret\.api_token\}/).waitFor()
  expect(await page.getByLabel('Owner').inputValue()).toBe('Shop team')
  await page.getByText('Nothing uses it yet').waitFor()
  await page.getByText('Nobody asked to see it.').waitFor()

  await page.getByRole('button', { name: 'Reveal once… version 1' }).click()
  await dialog.getByText('one time only').waitFor()
  await dialog.getByRole('button', { name: 'Reveal once' }).click()
  await dialog.getByText('a value to look at').waitFor()
  await dialog.getByRole('button', { name: 'Copy the value' }).click()
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe('a value to look at')
  await dialog.getByRole('button', { name: 'Hide it' }).click()
  expect(await page.content()).not.toContain('a value to look at')
  await page.getByRole('region', { name: 'Who looked' }).getByText('revealed').waitFor()
  await page.getByRole('button', { name: 'Reveal once… version 1' }).waitFor({ state: 'detached' })

  await page.getByLabel('Owner').fill('Ana')
  await page.getByRole('button', { name: 'Save owner' }).click()
  await notice(page, 'The owner is kept.').waitFor()
  expect(await page.getByLabel('Owner').inputValue()).toBe('Ana')

  await page.getByRole('button', { name: 'Rotate…' }).click()
  await dialog.getByLabel('Overlap').selectOption('1 day')
  await dialog.getByRole('button', { name: 'Rotate', exact: true }).click()
  await dialog.getByRole('heading', { name: 'A value was made' }).waitFor()
  await dialog.getByRole('button', { name: 'I have stored it' }).click()
  await page.getByText('overlap ends').waitFor()
  await page.getByRole('button', { name: 'End overlap' }).click()
  await page.getByText('overlap ends').waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'Change keys…' }).click()
  await dialog.getByRole('button', { name: 'Change keys' }).click()
  await notice(page, 'The keys are changed').waitFor()
  await page.getByRole('button', { name: 'Remove…' }).click()
  await dialog.getByRole('button', { name: 'Remove 2 versions' }).click()
  await notice(page, 'Removed {secret.api_token}.').waitFor()
  expect(complaints).toEqual([])
})

it.skipIf(isOverPort)('DA03 says how many secrets need to be entered again, and goes on once they are', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hookloop-e2e-'))
  const data = join(folder, 'data')
  const before = await startRelay(data)
  const endpoint = await before.call<{ id: string }>('POST', '/endpoints', SHOP)
  await before.stop()
  rmSync(`${data}.key`)
  const relay = await startRelay(data)
  try {
    const { page, complaints } = await product.open()
    await page.goto(relay.ready.window)
    await relay.call('POST', '/events', { type: 'order.paid', data: {} })
    await openScreen(page, 'Vault')
    await page.getByRole('alert').getByText('1 secret needs to be entered again').waitFor()
    await openScreen(page, 'Endpoints')
    await row(page, /paused, secrets locked/).waitFor()
    await openScreen(page, 'Vault')
    await page.getByRole('button', { name: 'Check again' }).click()
    await notice(page, 'The key is not back yet.').waitFor()
    await page.getByRole('button', { name: 'Start over with a new key…' }).click()
    await page.getByRole('button', { name: 'Use a new key' }).click()
    await notice(page, 'A new key seals from now on').waitFor()
    await row(page, /locked.*Shop/).click()
    await page.getByRole('button', { name: 'Enter again…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Seal it' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'I have stored it' }).click()
    await row(page, /sealed.*Shop/).waitFor()
    await openScreen(page, 'Endpoints')
    await row(page, /active.*Shop/).waitFor()
    expect(await relay.call('GET', `/endpoints/${endpoint.id}`)).toMatchObject({ state: 'active' })
    expect(complaints).toEqual([])
  } finally {
    await relay.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
