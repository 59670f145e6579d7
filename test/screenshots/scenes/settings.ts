import type { Page } from 'playwright-core'
import { openScreen } from '#test/e2e/support/window.ts'
import type { Scene } from './scene.ts'

async function openSettings(page: Page, section: string): Promise<void> {
  await openScreen(page, 'Settings')
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: section, exact: true }).click()
}

export const SETTINGS_SCENES: readonly Scene[] = [
  {
    name: 'settings-callbacks',
    arrange: async (page) => {
      await openSettings(page, 'Callbacks')
      await page.getByLabel('Notification URL').waitFor()
    },
  },
  {
    name: 'settings',
    arrange: async (page) => {
      await openSettings(page, 'Projects')
      await page
        .getByRole('button', { name: /^Rename / })
        .first()
        .waitFor()
    },
  },
  {
    name: 'settings-retention',
    arrange: async (page) => {
      await openSettings(page, 'Retention')
      await page.getByLabel('Events', { exact: true }).fill('3')
      await page.getByRole('button', { name: 'Show what this would take' }).click()
      await page.getByText('The next sweep would take').waitFor()
    },
  },
  {
    name: 'settings-storage',
    arrange: async (page) => {
      await openSettings(page, 'Storage')
      await page.getByRole('button', { name: 'Measure by kind' }).click()
      await page.getByRole('table', { name: 'Size by kind' }).waitFor()
    },
  },
  {
    name: 'settings-backups',
    arrange: async (page) => {
      await openSettings(page, 'Backups')
      await page.getByRole('button', { name: 'Back up now' }).click()
      await page.getByText('How to restore it').first().click()
      await page.getByText('SHA-256').first().waitFor()
    },
  },
]
