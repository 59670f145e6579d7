import { openScreen } from '#test/e2e/support/window.ts'
import type { Scene } from './scene.ts'

const SCREENS = [
  'Inbox',
  'Deliveries',
  'Dead letters',
  'Endpoints',
  'Integrations',
  'Sources',
  'Catalog',
  'Replays',
  'Workflows',
  'Overview',
  'Alerts',
  'Vault',
  'Keys',
  'Activity',
  'Settings',
]

/** Every screen of a relay to which nothing has come yet. */
export const EMPTY_SCENES: readonly Scene[] = SCREENS.map((screen) => ({
  name: `empty-${screen.toLowerCase().replaceAll(' ', '-')}`,
  arrange: async (page) => {
    await openScreen(page, screen)
    // Whatever it reads is there.
    await page.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => {})
  },
}))
