import { Command } from 'commander'
import type { SecretView } from '#shared/contract/vault/secrets.ts'
import type { VaultView } from '#shared/contract/vault/vault.ts'
import { type Context, openContext } from '../context.ts'
import { askUntil } from '../live/ask-until.ts'
import { withExamples } from '../options/examples.ts'
import { table } from '../text/table.ts'
import type { Text } from '../text/view.ts'

const KEEP =
  'Backups made before a change of keys open with the key file of then only: keep a copy of it where you keep them.'

/** A change of keys is short: it is asked for this often. */
const ASK_EVERY_MS = 200

export function vaultCommand(): Command {
  const vault = new Command('vault').description('List secrets, tell how the vault stands, and change its keys')
  const listing = vault
    .command('list', { isDefault: true })
    .description('every secret, with owner and age, never its value')
  withExamples(listing.action(list), ['hookloop vault', 'hookloop vault --project shop --json'])
  const standing = vault.command('status').description('whether it is open, and what is locked')
  withExamples(standing.action(status), ['hookloop vault status'])
  const rotation = vault.command('rotate-key').description('seal every secret under new keys, and wait for the end')
  withExamples(rotation.action(rotateKey), ['hookloop vault rotate-key'], KEEP)
  const checking = vault.command('recheck').description('look whether the key is back')
  withExamples(checking.action(recheck), ['hookloop vault recheck'])
  return withExamples(vault, ['hookloop vault', 'hookloop vault status', 'hookloop vault rotate-key'], KEEP)
}

async function list(_: unknown, command: Command): Promise<void> {
  const { api, show } = openContext(command)
  show(await api.vault.secrets.list({}), ({ items }) => secretTable(items))
}

async function status(_: unknown, command: Command): Promise<void> {
  const { api, show } = openContext(command)
  show(await api.vault.vault.status({}), words)
}

async function rotateKey(_: unknown, command: Command): Promise<void> {
  const context = openContext(command)
  const begun = await context.api.vault.vault.rotateKeys()
  context.show(await ended(context, begun), (stands) => `The keys are changed. ${words(stands)}`)
}

/** How the vault stands once no change of keys is under way; each step of it on the way. */
async function ended({ api, progress }: Context, begun: VaultView): Promise<VaultView> {
  if (begun.rotation === null) return begun
  const stands = await askUntil(() => api.vault.vault.status({}), {
    isDone: ({ rotation }) => rotation === null,
    everyMs: ASK_EVERY_MS,
    onAnswer: ({ rotation }) => rotation && progress(`Rotating, ${rotation.done} of ${rotation.total}`),
  })
  progress(null)
  return stands
}

async function recheck(_: unknown, command: Command): Promise<void> {
  const { api, show } = openContext(command)
  show(await api.vault.vault.recheck(), (stands) => `${words(stands)} ${stands.resumed} endpoints go on.`)
}

function words({ state, reason, locked }: VaultView): string {
  if (state === 'empty') return 'The vault holds nothing yet.'
  const open = state === 'locked' ? `The vault is locked: ${reason ?? ''}` : 'The vault is open.'
  return locked === 0 ? open : `${open} ${locked} secrets need to be entered again.`
}

function secretTable(items: readonly SecretView[]): Text {
  return table(
    items,
    [
      { title: 'ID', value: (secret) => secret.id },
      { title: 'OF', value: (secret) => secret.place.name, shrinks: true },
      { title: 'NAME', value: (secret) => secret.name },
      { title: 'STATE', value: (secret) => (secret.isLocked ? 'locked' : secret.isOld ? 'old' : 'sealed') },
      { title: 'AGE', value: (secret) => `${secret.ageDays} d` },
      { title: 'OWNER', value: (secret) => secret.owner ?? '', shrinks: true },
    ],
    'No secret yet.',
  )
}
