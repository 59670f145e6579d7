import type { Page } from 'playwright-core'
import type { RelayProcess } from '#test/support/relay-process.ts'
import type { Scene } from './scene.ts'

async function compare(page: Page, one: string, other: string): Promise<void> {
  const events = page.getByRole('listbox', { name: 'Events' })
  for (const name of [one, other]) {
    await events.getByRole('option', { name }).first().click()
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Compare with' }).click()
  }
}

async function openEventMenu(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('listbox', { name: 'Events' }).getByRole('option', { name }).first().click()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** An event that no longer fits the schema of its type. */
async function drift(relay: RelayProcess): Promise<void> {
  const { api, token } = relay.ready
  const post = (path: string, body: object) =>
    fetch(`${api}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const fields = { user: { type: 'string' }, points: { type: 'number' }, tier: { enum: ['basic', 'gold'] } }
  const schema = { type: 'object', required: ['user', 'points'], properties: fields }
  await post('/event-types', { name: 'loyalty.changed', schema, sample: { user: 'u', points: 1 } })
  await post('/events', { type: 'loyalty.changed', data: { points: 'three', tier: 'silver', region: 'eu' } })
}

/** A HAR as a browser records it, with a password in it. */
function recordedHar(): Buffer {
  const request = {
    method: 'POST',
    url: 'https://shop.example.com/hooks?token=t0p',
    httpVersion: 'h2',
    headers: [{ name: 'Authorization', value: 'Bearer s3cret' }],
    postData: { mimeType: 'application/json', text: '{"order":1001}' },
  }
  const entry = { startedDateTime: '2026-11-20T10:00:00.000Z', request }
  const page = { startedDateTime: '2026-11-20T10:00:01.000Z', request: { ...request, method: 'GET', postData: null } }
  return Buffer.from(JSON.stringify({ log: { version: '1.2', entries: [entry, page] } }))
}

/** What is done with payloads. */
export const PAYLOAD_SCENES: readonly Scene[] = [
  {
    name: 'inbox-payload-find',
    arrange: async (page) => {
      await page
        .getByRole('listbox', { name: 'Events' })
        .getByRole('option', { name: 'audit.completed' })
        .first()
        .click()
      await page.getByLabel('Find in Payload').fill('score')
      await page.keyboard.press('Enter')
      await page.getByRole('group', { name: 'Chosen line' }).waitFor()
    },
  },
  {
    name: 'inbox-payload-folded',
    arrange: async (page) => {
      await page
        .getByRole('listbox', { name: 'Events' })
        .getByRole('option', { name: 'audit.completed' })
        .first()
        .click()
      await page.getByRole('button', { name: 'Fold', exact: true }).click()
      await page.getByRole('menuitem', { name: 'All but the first level' }).click()
      await page.getByText('4 keys').waitFor()
    },
  },
  {
    name: 'inbox-schema',
    arrange: async (page, relay) => {
      await drift(relay)
      await page
        .getByRole('option', { name: /loyalty\.changed drifted/ })
        .first()
        .click()
      await page.getByRole('tab', { name: 'Schema' }).click()
      await page.getByRole('table', { name: 'Differences' }).waitFor()
    },
  },
  {
    name: 'inbox-schema-captured',
    arrange: async (page) => {
      await page.getByRole('listbox', { name: 'Events' }).getByRole('option', { name: 'audit.failed' }).first().click()
      await page.getByRole('tab', { name: 'Schema' }).click()
      await page.getByRole('button', { name: 'Of captured events' }).click()
      await page.getByRole('button', { name: 'TypeScript' }).click()
      await page.getByText('export interface').waitFor()
    },
  },
  {
    name: 'inbox-code',
    arrange: async (page) => {
      await page
        .getByRole('option', { name: /pull_request/ })
        .first()
        .click()
      await page.getByRole('tab', { name: 'Code' }).click()
      await page.getByRole('region', { name: 'Verification code' }).waitFor()
    },
  },
  {
    name: 'copy-as',
    arrange: async (page) => {
      await openEventMenu(page, 'github', 'Copy as a command')
      await page.getByRole('button', { name: 'PowerShell' }).click()
      await page.getByText('HttpRequestMessage').waitFor()
    },
  },
  {
    name: 'export',
    arrange: async (page) => {
      await openEventMenu(page, 'audit.completed', 'Export')
      await page.getByRole('dialog').getByText('HAR 1.2').waitFor()
    },
  },
  {
    name: 'import',
    arrange: async (page) => {
      await page.getByRole('button', { name: 'More for the Inbox' }).click()
      await page.getByRole('menuitem', { name: 'Import' }).click()
      const buffer = recordedHar()
      const files = page.getByLabel('File to import')
      await files.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('not a HAR') })
      await page.getByText('Nothing of it was kept').first().waitFor()
      await files.setInputFiles({ name: 'shop.example.com.har', mimeType: 'application/json', buffer })
      await page.getByRole('button', { name: 'Import 2 events' }).first().waitFor()
    },
  },
  {
    name: 'compare',
    arrange: async (page) => {
      await compare(page, 'audit.completed', 'audit.failed')
      await page.getByText('fields differ').waitFor()
    },
  },
  {
    name: 'compare-lines',
    arrange: async (page) => {
      await compare(page, 'audit.completed', 'audit.failed')
      await page.getByRole('button', { name: 'Lines' }).click()
      await page.getByRole('region', { name: 'Lines beside each other' }).waitFor()
    },
  },
  {
    name: 'compare-headers',
    arrange: async (page) => {
      await compare(page, 'github', 'audit.completed')
      await page.getByRole('tab', { name: 'Headers' }).click()
      await page.getByRole('table', { name: 'Headers' }).waitFor()
    },
  },
]
