import { openScreen } from '#test/e2e/support/window.ts'
import type { Scene } from './scene.ts'

/** Providers, their event types, and what is done with them. */
export const CATALOG_SCENES: readonly Scene[] = [
  {
    name: 'catalog',
    arrange: async (page) => {
      await openScreen(page, 'Catalog')
      await page.getByLabel('Find providers').fill('stripe')
      await page.getByRole('option', { name: /Stripe/ }).click()
      await page.getByRole('tab', { name: 'Signing' }).click()
      await page.getByRole('table', { name: 'Headers' }).waitFor()
    },
  },
  {
    name: 'catalog-code',
    arrange: async (page) => {
      await openScreen(page, 'Catalog')
      await page.getByLabel('Find providers').fill('stripe')
      await page.getByRole('option', { name: /Stripe/ }).click()
      await page.getByRole('tab', { name: 'Code' }).click()
      await page.getByLabel('Language').selectOption('Go')
      await page.getByText('package').first().waitFor()
    },
  },
  {
    name: 'catalog-send',
    arrange: async (page) => {
      await openScreen(page, 'Catalog')
      await page.getByRole('option', { name: /Crawlux/ }).click()
      await page.getByRole('link', { name: /audit\.completed/ }).click()
      await page.getByRole('button', { name: 'Send to…' }).click()
      await page.getByLabel('Secret').waitFor()
    },
  },
  {
    name: 'catalog-new',
    arrange: async (page) => {
      await openScreen(page, 'Catalog')
      await page.getByRole('button', { name: 'New provider' }).click()
      await page.getByRole('region', { name: 'Preview' }).getByText('X-Signature').waitFor()
    },
  },
]
