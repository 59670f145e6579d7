import { openScreen } from '#test/e2e/support/window.ts'
import type { Scene } from './scene.ts'

/** What lies over every screen, and the one that sums up. */
export const FRAME_SCENES: readonly Scene[] = [
  {
    name: 'overview',
    arrange: async (page) => {
      await openScreen(page, 'Overview')
      await page.locator('canvas').nth(2).waitFor()
    },
  },
  {
    name: 'palette',
    arrange: async (page) => {
      await page.getByRole('option').first().waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('Enter')
      await page.getByRole('tab', { name: 'Headers' }).waitFor()
      await page.keyboard.press('Control+k')
      await page.getByRole('option', { name: /^Replay the event\b/ }).waitFor()
    },
  },
  {
    name: 'palette-words',
    arrange: async (page) => {
      await page.getByRole('option').first().waitFor()
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Find a place or an action' }).fill('audit')
      await page.getByRole('option', { name: /^Find events that hold “audit”/ }).waitFor()
    },
  },
]
