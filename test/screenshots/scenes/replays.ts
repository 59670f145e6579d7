import type { Page } from 'playwright-core'
import { openScreen } from '#test/e2e/support/window.ts'
import type { Scene } from './scene.ts'

async function openReplay(page: Page, name: RegExp): Promise<void> {
  await openScreen(page, 'Replays')
  await page.getByRole('listbox', { name: 'Replays' }).getByRole('option', { name }).click()
  await page.getByRole('region', { name: 'What was asked' }).waitFor()
}

/** Replays, what begins them, and what came of them. */
export const REPLAY_SCENES: readonly Scene[] = [
  {
    name: 'replays',
    arrange: (page) => openReplay(page, /paused/),
  },
  {
    name: 'replay-failed',
    arrange: (page) => openReplay(page, /1 failed/),
  },
  {
    name: 'replays-recovery',
    arrange: async (page) => {
      await openScreen(page, 'Replays')
      await page.getByRole('button', { name: 'Recover an outage…' }).click()
      await page.getByLabel('Endpoint', { exact: true }).selectOption({ label: 'Audit mirror (paused)' })
      await page.getByRole('list', { name: 'Known outages' }).getByRole('button').first().waitFor()
    },
  },
  {
    name: 'replays-recovery-counted',
    arrange: async (page) => {
      await openScreen(page, 'Replays')
      await page.getByRole('button', { name: 'Recover an outage…' }).click()
      await page.getByLabel('Endpoint', { exact: true }).selectOption({ label: 'Billing' })
      await page.getByRole('list', { name: 'Known outages' }).getByRole('button').first().waitFor()
      await page.getByRole('button', { name: 'Dry run' }).click()
      await page.getByRole('button', { name: /^Replay \d/ }).scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'replay-bulk',
    arrange: async (page) => {
      await openScreen(page, 'Replays')
      await page.getByRole('button', { name: 'Replay…', exact: true }).click()
      await page.getByRole('button', { name: 'Only those of a time…' }).click()
      await page.getByLabel('Events that fit').fill('type:audit.* -verdict:invalid')
      await page.keyboard.press('Tab')
      await page.getByRole('radio', { name: /Another address/ }).check()
      await page.getByLabel('URL', { exact: true }).fill('http://localhost:3000/hooks')
      await page.getByLabel('Signed as').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'replay-dry-run',
    arrange: async (page) => {
      await openScreen(page, 'Replays')
      await page.getByRole('button', { name: 'Replay…', exact: true }).click()
      await page.getByRole('radio', { name: /Another address/ }).check()
      await page.getByLabel('URL', { exact: true }).fill('http://localhost:3000/hooks')
      await page.getByLabel('At most, in a second').fill('2')
      await page.getByRole('button', { name: 'Dry run' }).click()
      await page.getByText('are not signed').waitFor()
    },
  },
  {
    name: 'replay-answers',
    arrange: async (page) => {
      await openReplay(page, /1 failed/)
      await page.getByRole('link', { name: 'Its deliveries' }).click()
      await page.getByRole('listbox', { name: 'Deliveries' }).getByRole('option').first().click()
      await page.getByRole('button', { name: 'Compare answers' }).click()
      await page.getByRole('region', { name: 'After' }).getByText('failed').waitFor()
    },
  },
]
