import type { Page } from 'playwright-core'
import type { RelayProcess } from '#test/support/relay-process.ts'

export interface Scene {
  name: string
  /** Something is asked for that the API refuses. */
  isRefused?: true
  arrange: (page: Page, relay: RelayProcess) => Promise<void>
}

/** Goes to a screen by its link. */
export async function openScreen(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name }).click()
}
