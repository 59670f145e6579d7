import type { Page } from 'playwright-core'
import type { Scene } from './scene.ts'

async function compare(page: Page, one: string, other: string): Promise<void> {
  const events = page.getByRole('listbox', { name: 'Events' })
  await events.getByRole('option', { name: one }).first().click()
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await events.getByRole('option', { name: other }).first().click()
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
}

/** What is done with payloads. */
export const PAYLOAD_SCENES: readonly Scene[] = [
  {
    name: 'compare',
    arrange: async (page) => {
      await compare(page, 'audit.completed', 'audit.failed')
      await page.getByText('fields differ').waitFor()
    },
  },
  {
    name: 'compare-lines',
    arrange: async (page) => {
      await compare(page, 'audit.completed', 'audit.failed')
      await page.getByRole('button', { name: 'Lines' }).click()
      await page.getByRole('region', { name: 'Lines beside each other' }).waitFor()
    },
  },
  {
    name: 'compare-headers',
    arrange: async (page) => {
      await compare(page, 'github', 'audit.completed')
      await page.getByRole('tab', { name: 'Headers' }).click()
      await page.getByRole('table', { name: 'Headers' }).waitFor()
    },
  },
]
