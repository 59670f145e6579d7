import { openEvent, type Scene } from './scene.ts'

/** The Inbox, by what is opened in it. */
export const INBOX_SCENES: readonly Scene[] = [
  {
    name: 'inbox',
    arrange: async (page) => {
      await openEvent(page, 'audit.failed', 'Deliveries')
      await page.getByRole('button', { name: /^Attempt 3/ }).waitFor()
    },
  },
  {
    name: 'inbox-list',
    arrange: (page) => page.getByRole('option').first().waitFor(),
  },
  {
    name: 'inbox-payload',
    arrange: async (page) => {
      await openEvent(page, 'audit.completed')
      await page.getByRole('region', { name: 'Payload' }).waitFor()
    },
  },
  {
    name: 'inbox-headers',
    arrange: async (page) => {
      await openEvent(page, 'github', 'Headers')
      await page.getByRole('table', { name: 'Headers' }).waitFor()
    },
  },
  {
    name: 'inbox-verify',
    arrange: async (page) => {
      await openEvent(page, 'push invalid', 'Verify')
      await page.getByText('The JSON was parsed and written again').waitFor()
    },
  },
  {
    name: 'inbox-repeat',
    arrange: async (page) => {
      await openEvent(page, 'push repeat', 'Verify')
      await page.getByText('It came before').waitFor()
    },
  },
  {
    name: 'inbox-no-verdict',
    arrange: async (page) => {
      await openEvent(page, '/a/b', 'Verify')
      await page.getByRole('link', { name: 'Choose its sender' }).waitFor()
    },
  },
  {
    name: 'inbox-raw',
    arrange: async (page) => {
      await openEvent(page, '/a/b', 'Raw')
      await page.getByRole('region', { name: 'Raw message' }).waitFor()
    },
  },
]
