import { openScreen } from '#test/e2e/support/window.ts'
import type { Scene } from './scene.ts'

/** What was done, and the proof that nothing of it was changed. */
export const ACTIVITY_SCENES: readonly Scene[] = [
  {
    name: 'activity',
    arrange: async (page) => {
      await openScreen(page, 'Activity')
      await page
        .getByRole('option', { name: /endpoint\.create/ })
        .first()
        .click()
      await page.getByRole('region', { name: 'In the chain' }).waitFor()
    },
  },
  {
    name: 'activity-check',
    arrange: async (page) => {
      await openScreen(page, 'Activity')
      await page.getByRole('button', { name: 'Check…' }).click()
      await page.getByRole('button', { name: 'Check', exact: true }).click()
      await page.getByText('The log is whole').waitFor()
    },
  },
  {
    name: 'credentials',
    arrange: async (page) => {
      await openScreen(page, 'Activity')
      await page.getByRole('link', { name: 'Credentials' }).click()
      await page
        .getByRole('option', { name: /signing secret/ })
        .first()
        .waitFor()
    },
  },
]
