import type { Page } from 'playwright-core'
import type { RelayProcess } from '#test/support/relay-process.ts'
import { openScreen } from '#test/e2e/support/window.ts'
import type { Scene } from './scene.ts'

/** Two named secrets, of which one is used and was seen; another scene may have made them. */
async function fillVault(relay: RelayProcess): Promise<void> {
  const { items } = await relay.call<{ items: { id: string; name: string }[] }>('GET', '/endpoints')
  const endpointId = items.find(({ name }) => name === 'Archive')!.id
  const { items: known } = await relay.call<{ items: { name: string }[] }>('GET', '/secrets')
  if (known.some(({ name }) => name === 'api_token')) return
  const token = { endpointId, name: 'api_token', value: 'sample value of a token', owner: 'Platform team' }
  const { secret } = await relay.call<{ secret: { id: string } }>('POST', '/secrets', token)
  await relay.call('POST', '/secrets', { endpointId, name: 'tenant', value: 'sample tenant' })
  await relay.call('PATCH', `/endpoints/${endpointId}`, { headers: [['Authorization', 'Bearer {secret.api_token}']] })
  await relay.call('POST', `/secrets/${secret.id}/reveal`)
  await relay.call('POST', `/secrets/${secret.id}/rotate`, { value: 'another sample value', overlapHours: 24 })
}

async function openToken(page: Page, relay: RelayProcess): Promise<void> {
  await fillVault(relay)
  await openScreen(page, 'Vault')
  await page.getByRole('option', { name: /api_token/ }).click()
  await page.getByRole('region', { name: 'Who looked' }).getByText('Reading…').waitFor({ state: 'detached' })
}

/** A delivery to a receiver that gives a secret back. */
async function openEcho(page: Page, relay: RelayProcess): Promise<void> {
  const { items } = await relay.call<{ items: { name: string; url: string }[] }>('GET', '/endpoints')
  if (!items.some(({ name }) => name === 'Partner')) {
    await relay.call('POST', '/endpoints', {
      name: 'Partner',
      url: items.find(({ name }) => name === 'Billing')!.url,
      eventTypes: ['partner.*'],
      headers: [['X-Tenant', '{secret.tenant}']],
      secrets: { tenant: 'unknown signing secret' },
    })
    await relay.call('POST', '/events', { type: 'partner.joined', data: { tenant: 7 } })
  }
  await openScreen(page, 'Deliveries')
  await page.getByRole('option', { name: /partner\.joined.*Partner/ }).click()
  await page.getByRole('button', { name: 'Show as it came…' }).scrollIntoViewIfNeeded()
}

export const VAULT_SCENES: readonly Scene[] = [
  { name: 'vault', arrange: openToken },
  {
    name: 'vault-reveal',
    arrange: async (page, relay) => {
      await openToken(page, relay)
      await page.getByRole('button', { name: 'Reveal once… version 2' }).click()
      await page.getByRole('dialog').getByText('one time only').waitFor()
    },
  },
  { name: 'answer-masked', arrange: openEcho },
  {
    name: 'answer-reveal',
    arrange: async (page, relay) => {
      await openEcho(page, relay)
      await page.getByRole('button', { name: 'Show as it came…' }).click()
      await page.getByRole('dialog').getByText('one time only').waitFor()
    },
  },
  {
    name: 'vault-rotate',
    arrange: async (page, relay) => {
      await openToken(page, relay)
      await page.getByRole('button', { name: 'Rotate…' }).click()
      await page.getByLabel('Overlap').waitFor()
    },
  },
]
