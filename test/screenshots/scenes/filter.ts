import type { Page } from 'playwright-core'
import { openScreen, type Scene } from './scene.ts'

async function write(page: Page, list: 'events' | 'deliveries', text: string): Promise<void> {
  const input = page.getByRole('combobox', { name: `Filter ${list}` })
  await input.click()
  await page.keyboard.type(text)
}

/** How lists are narrowed. */
export const FILTER_SCENES: readonly Scene[] = [
  {
    name: 'filter-keys',
    arrange: async (page) => {
      await write(page, 'events', '')
      await page
        .getByRole('listbox', { name: 'Suggestions' })
        .getByRole('option', { name: /^type:/ })
        .waitFor()
    },
  },
  {
    name: 'filter-values',
    arrange: async (page) => {
      await write(page, 'events', '$.version=v3 type:')
      await page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option').first().waitFor()
      await page.keyboard.press('ArrowDown')
    },
  },
  {
    name: 'filter-unreadable',
    arrange: async (page) => {
      await write(page, 'events', 'type:audit.* verdict:forged "example.com"')
      await page.keyboard.press('Escape')
      await page.getByText('“forged” is no verdict that is known.').waitFor()
    },
  },
  {
    name: 'filter-deliveries',
    arrange: async (page) => {
      await openScreen(page, 'Deliveries')
      await page.getByRole('radio', { name: /failed/ }).click()
      await page
        .getByRole('option', { name: /failed/ })
        .first()
        .waitFor()
    },
  },
]
