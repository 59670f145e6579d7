import { Command } from 'commander'
import { z } from 'zod'
import type { KeyView } from '#shared/contract/access/keys.ts'
import { Scope } from '#shared/model/scope.ts'
import { openContext } from '../context.ts'
import { UsageError } from '../exit.ts'
import { withExamples } from '../options/examples.ts'
import { wholeNumber } from '../options/numbers.ts'
import { confirmLoss, YES } from '../terminal/confirm.ts'
import { plain } from '../text/plain.ts'
import { table } from '../text/table.ts'
import type { Text } from '../text/view.ts'
import { ago } from '../text/words.ts'

interface CreateOptions {
  name: string
  scopes: string[]
  owner?: string
  days?: number
  quota?: number
}

const DAY_MS = 86_400_000

const CREATE = [
  "hookloop keys create --name 'Deploy gate' --scopes workflows:run workflows:read --days 90",
  'hookloop --project shop keys create --name Dashboard --scopes events:read deliveries:read',
]
const ROTATE = 'hookloop keys rotate key_01JD8Z5K3WQ7M0X2T9B4C6E8FA --overlap-hours 24'
const REVOKE = 'hookloop keys revoke key_01JD8Z5K3WQ7M0X2T9B4C6E8FA'
const SCOPES = `Scopes: ${Scope.options.join(', ')}`

export function keysCommand(): Command {
  const keys = new Command('keys').description('List, make, rotate and revoke API keys')
  const listing = keys.command('list', { isDefault: true }).description('every key, never its text')
  withExamples(listing.action(list), ['hookloop keys', 'hookloop keys --json'])
  const making = keys
    .command('create')
    .description('prints the key, this once; it sees the project of --project alone, or else every project')
    .requiredOption('--name <name>')
    .requiredOption('--scopes <scopes...>', 'what it may do: all, or scopes such as events:read')
    .option('--owner <name>', 'who answers for it')
    .option('--days <number>', 'when it ends by itself (default: never)', wholeNumber)
    .option('--quota <number>', 'requests in any minute (default: no limit)', wholeNumber)
    .action(create)
  withExamples(making, CREATE, SCOPES)
  const rotation = keys
    .command('rotate <id>')
    .description('prints a new text, this once')
    .option('--overlap-hours <number>', 'how long the text before it still counts (default: not at all)', wholeNumber)
    .action(rotate)
  withExamples(rotation, [ROTATE])
  const revocation = keys
    .command('revoke <id>')
    .description('ends it at once and for good')
    .option(...YES)
  withExamples(revocation.action(revoke), [REVOKE])
  return withExamples(keys, [...CREATE, ROTATE, REVOKE], SCOPES)
}

async function list(_: unknown, command: Command): Promise<void> {
  const { api, show: print } = openContext(command)
  print(await api.keys.list(), ({ items }) => keyTable(items))
}

async function create(options: CreateOptions, command: Command): Promise<void> {
  const { api, terminal, show: print } = openContext(command)
  const isAll = options.scopes.join() === 'all'
  const scopes = z.array(Scope).safeParse(isAll ? Scope.options : options.scopes)
  if (!scopes.success) throw new UsageError(`--scopes takes all, or any of ${Scope.options.join(', ')}`)
  const made = await api.keys.create({
    name: options.name,
    scopes: scopes.data,
    ...(options.owner !== undefined && { owner: options.owner }),
    ...(options.days !== undefined && { expiresAt: new Date(terminal.now() + options.days * DAY_MS).toISOString() }),
    ...(options.quota !== undefined && { quotaPerMinute: options.quota }),
  })
  print(made, keyOnce)
}

async function rotate(id: string, options: { overlapHours?: number }, command: Command): Promise<void> {
  const { api, show: print } = openContext(command)
  print(await api.keys.rotate({ id, overlapHours: options.overlapHours ?? 0 }), keyOnce)
}

async function revoke(id: string, { yes }: { yes?: true }, command: Command): Promise<void> {
  const { api, terminal, show: print } = openContext(command)
  const { name, state } = await api.keys.get({ id })
  await confirmLoss(terminal, `Revoke the key “${plain(name)}” (${state}) for good?`, yes === true)
  print(await api.keys.revoke({ id }), (revoked) => `${plain(revoked.name)} is revoked`)
}

function keyOnce({ id, secret }: { id: string; secret: string }): string {
  return `${id}\nThe key, shown this once: ${secret}`
}

function keyTable(items: readonly KeyView[]): Text {
  return table(
    items,
    [
      { title: 'ID', value: (key) => key.id },
      { title: 'NAME', value: (key) => key.name, shrinks: true },
      { title: 'STATE', value: (key) => key.state },
      { title: 'PREFIX', value: (key) => key.prefix },
      { title: 'OWNER', value: (key) => key.owner, shrinks: true },
      { title: 'PROJECT', value: (key) => key.project ?? 'all' },
      {
        title: 'LAST USED',
        value: ({ lastUsedAt }, { now }) => (lastUsedAt === null ? 'never' : ago(lastUsedAt, now)),
      },
      { title: 'ENDS', value: ({ expiresAt }, { now }) => (expiresAt === null ? 'never' : ago(expiresAt, now)) },
      { title: 'SCOPES', value: (key) => key.scopes.join(' '), shrinks: true },
    ],
    'No keys yet: make one with "hookloop keys create".',
  )
}
