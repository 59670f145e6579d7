import type { Page } from 'playwright-core'
import type { RelayProcess } from '#test/support/relay-process.ts'
import { openScreen } from '#test/e2e/support/window.ts'
import type { Scene } from './scene.ts'

async function write(page: Page, list: 'events' | 'deliveries', text: string): Promise<void> {
  const input = page.getByRole('combobox', { name: `Filter ${list}` })
  await input.click()
  await page.keyboard.type(text)
}

async function save(relay: RelayProcess, name: string, filter: string): Promise<void> {
  await relay.call('POST', '/filters', { name, subject: 'events', filter })
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
    name: 'filter-saved',
    arrange: async (page, relay) => {
      await save(relay, 'Failed audits', 'type:audit.* state:failed')
      await save(relay, 'Forged pushes', 'type:push verdict:invalid')
      await write(page, 'events', 'type:audit.* state:failed')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Saved filters' }).click()
      await page.getByRole('menuitem', { name: /^Failed audits/ }).waitFor()
    },
  },
  {
    name: 'filter-manage',
    arrange: async (page, relay) => {
      await save(relay, 'Failed audits', 'type:audit.* state:failed')
      await page.getByRole('button', { name: 'Saved filters' }).click()
      await page.getByRole('menuitem', { name: 'Rename or delete…' }).click()
      await page.getByLabel('Name of “Failed audits”').waitFor()
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
