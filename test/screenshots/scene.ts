import type { Page } from 'playwright-core'
import type { RelayProcess } from '#test/support/relay-process.ts'

export interface Scene {
  name: string
  arrange: (page: Page, relay: RelayProcess) => Promise<void>
}

export async function openEvent(page: Page, text: string, tab?: string): Promise<void> {
  await page.getByRole('listbox', { name: 'Events' }).getByRole('option', { name: text }).first().click()
  await page.getByRole('tab', { name: 'Payload' }).waitFor()
  if (tab !== undefined) await page.getByRole('tab', { name: tab }).click()
}

export async function openScreen(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name }).click()
}

/** The Inbox names sources too: only a row of the list of sources will do. */
export async function openSource(page: Page, name: RegExp): Promise<void> {
  await openScreen(page, 'Sources')
  await page.getByRole('listbox', { name: 'Sources' }).getByRole('option', { name }).click()
}
