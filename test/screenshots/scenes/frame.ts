import type { Scene } from './scene.ts'

/** What lies over every screen. */
export const FRAME_SCENES: readonly Scene[] = [
  {
    name: 'palette',
    arrange: async (page) => {
      await page.getByRole('option').first().waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('Enter')
      await page.getByRole('tab', { name: 'Headers' }).waitFor()
      await page.keyboard.press('Control+k')
      await page.getByRole('option', { name: /^Replay the event/ }).waitFor()
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
