import type { Page } from 'playwright-core'
import type { RelayProcess } from '#test/support/relay-process.ts'

export interface Scene {
  name: string
  /** Something is asked for that the API refuses. */
  isRefused?: true
  arrange: (page: Page, relay: RelayProcess) => Promise<void>
}
