import type { Page } from 'playwright-core'
import type { VaultView } from '#shared/contract/vault/vault.ts'
import { openScreen } from '#test/e2e/support/window.ts'
import type { Scene } from './scene.ts'

const LINK =
  'hookloop://add-endpoint?name=Order+service&url=https://orders.example/hooks/hookloop&types=order.*,refund.created&policy=standard'

/** Shows the link as a desktop does that was started with it. */
async function openLink(page: Page, link: string): Promise<void> {
  await page.evaluate((place) => (location.hash = place), `/link?to=${encodeURIComponent(link)}`)
  await page.getByRole('region', { name: 'Link' }).waitFor()
}

/** The vault of a machine on which nothing protects a key. */
async function withoutKeyring(page: Page): Promise<void> {
  const key: VaultView['key'] = {
    keptBy: null,
    asks: 'new_passphrase',
    offers: ['passphrase', 'key_file'],
    keychainProblem: 'This desktop has no keyring that protects a key.',
  }
  await page.route('**/rpc/vault/vault/status', async (route) => {
    const answer = await route.fetch()
    const { json } = (await answer.json()) as { json: VaultView }
    await route.fulfill({ response: answer, json: { json: { ...json, key } } })
  })
  await page.reload()
}

/** The page that stands in a desktop's window while the product cannot start. */
async function openFailure(page: Page): Promise<void> {
  await page.goto(new URL('/start.html', page.url()).href)
  await page.evaluate(() => {
    const { port1, port2 } = new MessageChannel()
    postMessage('hookloop:port', location.origin, [port2])
    port1.postMessage(
      JSON.stringify({
        kind: 'failed',
        message: 'The database was made by a newer Hookloop (schema 19, this one knows 14).',
        detail:
          'Install the newer version again, or name another data directory in HOOKLOOP_DATA. Nothing was changed.',
        dataDirectory: '/home/ana/.local/share/hookloop',
      }),
    )
  })
  await page.getByRole('alert').waitFor()
}

/** Those that reload the page or leave it come last. */
export const DESKTOP_SCENES: readonly Scene[] = [
  { name: 'link-add-endpoint', arrange: (page) => openLink(page, LINK) },
  {
    name: 'link-refused',
    arrange: (page) => openLink(page, 'hookloop://run-script?code=<img src=x onerror=alert(1)>'),
  },
  {
    name: 'vault-keeper',
    arrange: async (page) => {
      await openScreen(page, 'Vault')
      await page.getByRole('button', { name: 'Keeper of the key…' }).click()
      await page
        .getByRole('dialog')
        .getByRole('radio', { name: /^A passphrase/ })
        .check()
    },
  },
  {
    name: 'passphrase-new',
    arrange: async (page) => {
      await withoutKeyring(page)
      await page.getByRole('dialog').getByLabel('Passphrase').fill('correct horse')
      await page.getByRole('dialog').getByLabel('Once more').fill('correct house')
    },
  },
  { name: 'start-failure', arrange: openFailure },
]
