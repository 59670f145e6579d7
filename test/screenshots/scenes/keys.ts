import { openScreen } from '#test/e2e/support/window.ts'
import type { Scene } from './scene.ts'

export const KEY_SCENES: readonly Scene[] = [
  {
    name: 'keys',
    arrange: async (page) => {
      await openScreen(page, 'Keys')
      await page.getByRole('option', { name: /Deploy gate/ }).click()
      await page.getByRole('group', { name: 'What it may do' }).waitFor()
    },
  },
  {
    name: 'key-new',
    arrange: async (page) => {
      await openScreen(page, 'Keys')
      await page.getByRole('button', { name: 'New key' }).click()
      await page.getByRole('button', { name: 'CI run' }).click()
    },
  },
]
