import type { Page } from 'playwright-core'
import { openScreen } from '#test/e2e/support/window.ts'
import type { Scene } from './scene.ts'

async function openSource(page: Page, name: RegExp): Promise<void> {
  await openScreen(page, 'Sources')
  await page.getByRole('listbox', { name: 'Sources' }).getByRole('option', { name }).click()
}

/** What machines take from each other. */
export const LINK_SCENES: readonly Scene[] = [
  {
    name: 'source-subscribers',
    arrange: async (page) => {
      await openSource(page, /^Orders .*http/)
      await page.getByRole('region', { name: 'Subscribers' }).getByText('Ada’s laptop').first().waitFor()
    },
  },
  {
    name: 'source-link',
    arrange: async (page) => {
      await openSource(page, /Orders of the team/)
      await page.getByRole('region', { name: 'Link' }).getByText('up to date').waitFor()
    },
  },
  {
    name: 'source-link-refused',
    arrange: async (page) => {
      await openSource(page, /^Shipping/)
      await page.getByRole('region', { name: 'Link' }).getByText('There is no source').waitFor()
    },
  },
  {
    name: 'source-link-new',
    isRefused: true,
    arrange: async (page) => {
      await openScreen(page, 'Sources')
      await page.getByRole('button', { name: 'New source' }).click()
      await page.getByRole('button', { name: 'From a relay' }).click()
      await page.getByLabel('Relay').fill('hooks.example.com')
      await page.getByLabel('Key', { exact: true }).fill('not-a-key')
      await page.getByLabel('Source there').fill('shop')
      await page.getByLabel('Subscribe as').fill('Ada’s laptop')
      await page.getByRole('button', { name: 'Subscribe', exact: true }).click()
      await page.getByRole('alert').first().waitFor()
    },
  },
]
