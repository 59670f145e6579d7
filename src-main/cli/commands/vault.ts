import { setTimeout } from 'node:timers/promises'
import { Command } from 'commander'
import type { SecretView } from '#shared/contract/vault/secrets.ts'
import type { VaultView } from '#shared/contract/vault/vault.ts'
import { type Context, openContext } from '../context.ts'
import { table } from '../text/table.ts'

const EXAMPLES = `
Examples:
  hookloop vault                every secret, never its value
  hookloop vault status         whether its key is there
  hookloop vault rotate-key     seal every secret under new keys

Backups made before a change of keys open with the key file of then only: keep a copy of it where you keep them.`

/** A change of keys is short: it is asked for this often. */
const ASK_EVERY_MS = 200

export function vaultCommand(): Command {
  const vault = new Command('vault')
    .description('List secrets, tell how the vault stands, and change its keys')
    .addHelpText('after', EXAMPLES)
  vault.command('list', { isDefault: true }).description('every secret, with owner and age').action(list)
  vault.command('status').description('whether it is open, and what is locked').action(status)
  vault.command('rotate-key').description('seal every secret under new keys, and wait for the end').action(rotateKey)
  vault.command('recheck').description('look whether the key is back').action(recheck)
  return vault
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
  const { api, show } = openContext(command)
  const begun = await api.vault.vault.rotateKeys()
  show(await ended(api, begun), (stands) => `The keys are changed. ${words(stands)}`)
}

/** How the vault stands once no change of keys is under way; each step of it on the way. */
async function ended(api: Context['api'], begun: VaultView): Promise<VaultView> {
  let stands = begun
  while (stands.rotation) {
    const { done, total } = stands.rotation
    if (process.stderr.isTTY) process.stderr.write(`\rRotating, ${done} of ${total}`)
    await setTimeout(ASK_EVERY_MS)
    stands = await api.vault.vault.status({})
  }
  if (process.stderr.isTTY) process.stderr.write('\r')
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

function secretTable(items: readonly SecretView[]): string {
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
