import type { Page } from 'playwright-core'
import { ACTIVITY_SCENES } from './scenes/activity.ts'
import { CATALOG_SCENES } from './scenes/catalog.ts'
import { DESKTOP_SCENES } from './scenes/desktop.ts'
import { FILTER_SCENES } from './scenes/filter.ts'
import { FRAME_SCENES } from './scenes/frame.ts'
import { KEY_SCENES } from './scenes/keys.ts'
import { OPERATION_SCENES } from './scenes/operations.ts'
import { EDITING_SCENES } from './scenes/editing.ts'
import { PAYLOAD_SCENES } from './scenes/payload.ts'
import { REPLAY_SCENES } from './scenes/replays.ts'
import { LINK_SCENES } from './scenes/links.ts'
import { openScreen } from '#test/e2e/support/window.ts'
import type { Scene } from './scenes/scene.ts'
import { SETTINGS_SCENES } from './scenes/settings.ts'
import { VAULT_SCENES } from './scenes/vault.ts'

async function openEvent(page: Page, text: string, tab?: string): Promise<void> {
  await page.getByRole('listbox', { name: 'Events' }).getByRole('option', { name: text }).first().click()
  await page.getByRole('tab', { name: 'Payload' }).waitFor()
  if (tab !== undefined) await page.getByRole('tab', { name: tab }).click()
}

/** The Inbox names sources too: only a row of the list of sources will do. */
async function openSource(page: Page, name: RegExp): Promise<void> {
  await openScreen(page, 'Sources')
  await page.getByRole('listbox', { name: 'Sources' }).getByRole('option', { name }).click()
}

/** Every screen, in the state that says most about it. */
export const SCENES: readonly Scene[] = [
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
  {
    name: 'replay',
    arrange: async (page) => {
      await openEvent(page, 'audit.completed')
      await page.keyboard.press('r')
      await page.getByRole('dialog').getByText('CRM sync').waitFor()
    },
  },
  {
    name: 'deliveries',
    arrange: async (page) => {
      await openScreen(page, 'Deliveries')
      await page.getByRole('option', { name: /audit\.failed.*Local API/ }).click()
      await page.getByRole('region', { name: 'Attempt 3' }).waitFor()
    },
  },
  {
    name: 'dead-letters',
    arrange: async (page) => {
      await openScreen(page, 'Dead letters')
      const groups = page.getByRole('listbox', { name: 'Groups of dead letters' })
      await groups.getByRole('option', { name: /Billing/ }).click()
      await page.getByRole('checkbox', { name: /^Select invoice/ }).check()
    },
  },
  {
    name: 'dead-letters-retry',
    arrange: async (page) => {
      await openScreen(page, 'Dead letters')
      await page.getByRole('button', { name: /^Retry all/ }).click()
      await page.getByRole('dialog').getByLabel('At most, in a second').waitFor()
    },
  },
  {
    name: 'alerts',
    arrange: async (page) => {
      await openScreen(page, 'Alerts')
      await page.getByRole('option', { name: /Any dead letter/ }).click()
      await page.getByText('It would be raised.').waitFor()
    },
  },
  {
    name: 'alert-new',
    arrange: async (page) => {
      await openScreen(page, 'Alerts')
      await page.getByRole('button', { name: 'New alert' }).click()
      await page.getByRole('region', { name: 'What it says now' }).getByText('Now:').waitFor()
    },
  },
  {
    name: 'endpoints',
    arrange: async (page) => {
      await openScreen(page, 'Endpoints')
      await page.getByRole('option', { name: /Local API/ }).click()
      await page.getByText('any 2xx counts as delivered').waitFor()
    },
  },
  {
    name: 'endpoint-new',
    arrange: async (page) => {
      await openScreen(page, 'Endpoints')
      await page.getByRole('button', { name: 'New endpoint' }).click()
      await page.getByText('any 2xx counts as delivered').waitFor()
    },
  },
  {
    name: 'endpoint-warnings',
    arrange: async (page) => {
      await openScreen(page, 'Endpoints')
      await page.getByRole('button', { name: 'New endpoint' }).click()
      await page.getByLabel('URL', { exact: true }).fill('http://shop.example.com/hooks?token=abc')
      await page.getByLabel('Signed by').selectOption('slack')
      await page.getByText('Slack itself gives up').waitFor()
      await page.getByText('unencrypted').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'endpoints-resume',
    arrange: async (page) => {
      await openScreen(page, 'Endpoints')
      await page.getByRole('option', { name: /Audit mirror/ }).click()
      await page.getByRole('button', { name: 'Resume…' }).click()
      await page.getByRole('button', { name: /Release/ }).waitFor()
    },
  },
  {
    name: 'sources',
    arrange: async (page) => {
      await openSource(page, /uploads/)
      await page.getByLabel('Body of the answer').waitFor()
    },
  },
  {
    name: 'source-secrets',
    arrange: async (page) => {
      await openSource(page, /github/)
      await page.getByRole('button', { name: 'Add a newer secret' }).click()
    },
  },
  {
    name: 'source-script',
    arrange: async (page) => {
      await openSource(page, /payments/)
      await page.getByText('Events from pages').click()
      await page.getByText('each message begins at step 1').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'inbox-handshake',
    arrange: async (page) => {
      await openEvent(page, 'handshake')
      await page.getByText('was answered').waitFor()
    },
  },
  {
    name: 'sources-gaps',
    arrange: async (page) => {
      await openSource(page, /ledger/)
      const section = page.getByRole('region', { name: 'Missing messages' })
      await section.getByRole('button', { name: 'Details' }).click()
      await section.getByLabel('Where it numbers its messages').fill('json:entry')
      await section.getByLabel('Where it numbers its messages').press('Enter')
      await section.getByText('4 ids missing: 6 to 9').waitFor()
    },
  },
  {
    name: 'inbox-unread',
    arrange: async (page) => {
      await page.getByRole('option', { name: /The sender spoke TLS/ }).click()
      await page.getByRole('region', { name: 'First bytes' }).waitFor()
    },
  },
  {
    name: 'inbox-marks',
    arrange: async (page) => {
      await openEvent(page, '/a/b')
      await page.getByText('1 number loses digits').waitFor()
    },
  },
  ...REPLAY_SCENES,
  ...PAYLOAD_SCENES,
  ...EDITING_SCENES,
  ...CATALOG_SCENES,
  ...ACTIVITY_SCENES,
  ...LINK_SCENES,
  ...SETTINGS_SCENES,
  {
    name: 'workflows',
    arrange: async (page) => {
      await openScreen(page, 'Workflows')
      await page.getByRole('option', { name: /release-smoke/ }).click()
      await page.getByRole('table', { name: 'Runs' }).waitFor()
    },
  },
  {
    name: 'workflow-run',
    arrange: async (page) => {
      await openScreen(page, 'Workflows')
      await page.getByRole('option', { name: /release-smoke/ }).click()
      await page.getByRole('button', { name: 'failed in part' }).click()
      await page.getByRole('table', { name: 'Trace' }).waitFor()
    },
  },
  {
    name: 'workflow-definition',
    arrange: async (page) => {
      await openScreen(page, 'Workflows')
      await page.getByRole('option', { name: /release-smoke/ }).click()
      await page.getByRole('tab', { name: 'Definition' }).click()
      await page.getByLabel('Starts at').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'workflow-ci',
    arrange: async (page) => {
      await openScreen(page, 'Workflows')
      await page.getByRole('option', { name: /release-smoke/ }).click()
      await page.getByRole('tab', { name: 'CI' }).click()
    },
  },
  ...FILTER_SCENES,
  ...FRAME_SCENES,
  ...KEY_SCENES,
  ...OPERATION_SCENES,
  ...VAULT_SCENES,
  {
    name: 'shortcuts',
    arrange: async (page) => {
      await page.getByRole('option').first().waitFor()
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
    },
  },
  ...DESKTOP_SCENES,
]
