import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { restoreDatabase } from '#main/adapters/sqlite/storage/restore-database.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { NOW } from '#test/conformance/store/records.ts'
import { createWorld } from '#test/conformance/store/world.ts'
import { silentLog } from '#test/support/silent-log.ts'
import { type Product, startProduct } from './support/product.ts'
import { eventually, notice } from './support/window.ts'

let product: Product

/** A relay that begins on a restored backup: one delivery was on its way in it. */
async function restore(data: string): Promise<void> {
  const old = join(data, '..', 'old.db')
  const store = openSqliteStore({ path: old, log: silentLog })
  const { addProject, addEndpoint, addEvent } = await createWorld(store)
  await addProject({ slug: 'default', name: 'Default' })
  await addEvent({ to: [await addEndpoint()] })
  await store.close()
  await restoreDatabase({ from: old, path: join(data, 'hookloop.db'), replace: false, now: NOW })
}

beforeAll(async () => {
  product = await startProduct(restore)
})

afterAll(() => product.close())

async function openSection(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name, exact: true }).click()
}

it('DA05 says that a backup was restored, on every screen, until a person decides what becomes of what it held', async () => {
  const { page, complaints } = await product.open()
  const banner = page.getByRole('region', { name: 'Restored backup' })
  await banner.getByText('1 delivery is held and 1 endpoint is paused').waitFor()
  await banner.getByRole('button', { name: 'Decide…' }).click()
  await page.getByRole('radio', { name: /Discard/ }).check()
  await page.getByRole('button', { name: 'Discard', exact: true }).click()
  await notice(page, '1 endpoint resumed, 1 delivery discarded.').waitFor()
  await banner.waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
})

it('SEC-6 DA09 a person deletes an event, backs up, sees what is stored, sets how long it stays, and deletes a project', async () => {
  const { page, complaints } = await product.open()
  for (let number = 0; number < 4; number++) {
    await product.relay.call('POST', '/events', { type: 'order.paid', data: { number } })
  }
  await page.getByRole('option').first().click()
  await page.getByRole('button', { name: 'Delete event' }).click()
  await notice(page, 'Deleted the event.').waitFor()
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await eventually(
    () => page.getByRole('option').count(),
    (count) => count === 3,
  )
  // Out of sight before it is gone.
  await eventually(
    () => product.relay.call<{ count: number }>('GET', '/events/count?filter=type:order.paid'),
    ({ count }) => count === 3,
  )
  await page.keyboard.press('g')
  await page.keyboard.press(',')
  await openSection(page, 'Addresses and version')
  await page.getByText(product.relay.ready.capture, { exact: true }).waitFor()

  await openSection(page, 'Backups')
  await page.getByText('No backup yet').waitFor()
  await page.getByRole('button', { name: 'Back up now' }).click()
  const backups = page.getByRole('list', { name: 'Backups' })
  await backups.getByText('4 events, 1 delivery').waitFor()
  await backups
    .getByText(/backups\/hookloop-.*\.db/)
    .first()
    .waitFor()
  await backups.getByRole('button', { name: 'Delete this backup' }).click()
  await page.getByRole('button', { name: 'Delete backup', exact: true }).click()
  await page.getByText('No backup yet').waitFor()

  await openSection(page, 'Storage')
  await page.getByText('Write-ahead log').waitFor()
  await page.getByRole('button', { name: 'Measure by kind' }).click()
  await page.getByRole('table', { name: 'Size by kind' }).getByText('Bodies').waitFor()

  await openSection(page, 'Retention')
  await page.getByLabel('Days', { exact: true }).fill('never')
  await page.getByRole('button', { name: 'Show what this would take' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByLabel('Days', { exact: true }).fill('')
  await page.getByLabel('Events', { exact: true }).fill('2')
  await page.getByRole('button', { name: 'Show what this would take' }).click()
  await page.getByText('The next sweep would take 1 event with').waitFor()
  await page.getByRole('button', { name: 'Set this retention' }).click()
  await page.getByRole('button', { name: 'Sweep now' }).click()
  await page.getByRole('region', { name: 'Sweeps' }).getByText('took 1 event with 0 deliveries').waitFor()

  await openSection(page, 'Projects')
  await page.getByRole('button', { name: 'Rename Default' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Everyday')
  await page.getByRole('button', { name: 'Rename', exact: true }).click()
  await page.getByRole('button', { name: 'Rename Everyday' }).waitFor()
  await page.getByRole('button', { name: 'Limit active endpoints of Everyday' }).click()
  await page.getByLabel('At most active').fill('none')
  await page.getByText('Write a whole number').waitFor()
  await page.getByLabel('At most active').fill('5')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const projects = await product.relay.call<{ items: object[] }>('GET', '/projects')
  expect(projects.items).toContainEqual(expect.objectContaining({ name: 'Everyday', activeEndpointLimit: 5 }))
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Shop API')
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.getByRole('button', { name: 'Project Shop API' }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press(',')
  await openSection(page, 'Projects')
  await page.getByRole('button', { name: 'Delete Shop API' }).click()
  await page.getByText('0 events and 0 endpoints go for good').waitFor()
  await page.getByLabel('Type “shop-api” to mean it').fill('shop-api')
  await page.getByRole('button', { name: 'Delete project', exact: true }).click()
  await page.getByRole('button', { name: 'Project Everyday' }).waitFor()
  // The browser itself notes the answers to days that were none, and to an event that was read while it was deleted.
  expect(complaints.filter((text) => !/\b40[04]\b/.test(text))).toEqual([])
})
