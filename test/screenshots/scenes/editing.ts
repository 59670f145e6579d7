import type { Page } from 'playwright-core'
import type { Scene } from './scene.ts'

async function openFirst(page: Page, name: string): Promise<void> {
  await page.getByRole('listbox', { name: 'Events' }).getByRole('option', { name }).first().click()
}

async function edit(page: Page): Promise<void> {
  await openFirst(page, 'audit.completed')
  await page.getByRole('button', { name: 'Edit…' }).click()
  await page.getByRole('button', { name: 'Format' }).click()
  await page.getByText('Body edited').waitFor()
}

/** Messages that are written by hand. */
export const EDITING_SCENES: readonly Scene[] = [
  {
    name: 'edit-body',
    arrange: async (page) => {
      await edit(page)
      await page.getByRole('radio', { name: /^Keep the original/ }).check()
    },
  },
  {
    name: 'edit-headers',
    arrange: async (page) => {
      await edit(page)
      await page.getByRole('tab', { name: 'Headers' }).click()
      await page.getByRole('radio', { name: /^Another address/ }).check()
    },
  },
]
