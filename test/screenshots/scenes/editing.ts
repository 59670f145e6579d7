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

async function select(page: Page): Promise<void> {
  const rows = page.getByRole('listbox', { name: 'Events' }).getByRole('option')
  await rows.nth(2).click()
  await page.getByRole('tab', { name: 'Payload' }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('x')
  for (let step = 0; step < 3; step++) await page.keyboard.press('j')
  await page.keyboard.press('X')
  await page.getByText('4 selected').waitFor()
}

/** Messages that are written by hand. */
export const EDITING_SCENES: readonly Scene[] = [
  { name: 'select-rows', arrange: select },
  {
    name: 'select-clear',
    arrange: async (page) => {
      await page.getByRole('listbox', { name: 'Events' }).getByRole('option').first().waitFor()
      await page.getByRole('button', { name: 'More for the Inbox' }).click()
      await page.getByRole('menuitem', { name: 'Delete all events…' }).click()
      await page
        .getByRole('dialog')
        .getByText(/with their bodies/)
        .waitFor()
    },
  },
  {
    name: 'compose-new',
    arrange: async (page) => {
      await page.getByRole('button', { name: 'Compose', exact: true }).click()
      await page.getByText('Name its type to see').waitFor()
      await page.getByRole('textbox', { name: 'Body' }).waitFor()
    },
  },
  {
    name: 'compose-sample',
    arrange: async (page) => {
      await page.getByRole('button', { name: 'Compose', exact: true }).click()
      await page.getByLabel('Type').fill('audit.completed')
      await page.getByRole('button', { name: 'Fill in the sample of the catalog' }).click()
      await page.getByText(/It would go to/).waitFor()
    },
  },
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
