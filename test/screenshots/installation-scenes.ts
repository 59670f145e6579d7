import { openScreen, type Scene } from './scene.ts'

/** Screens that are about the installation and those who use it. */
export const INSTALLATION_SCENES: readonly Scene[] = [
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
]
