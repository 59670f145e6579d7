import { Command } from 'commander'
import type { SourceView } from '#shared/contract/sources.ts'
import { openContext } from '../../context.ts'
import { RefusedError, UsageError } from '../../exit.ts'
import { withExamples } from '../../options/examples.ts'
import { SECRET_FORMS, secretsFrom } from '../../options/secrets.ts'
import { table } from '../../text/table.ts'
import type { Text } from '../../text/view.ts'
import { ago } from '../../text/words.ts'
import { findSource } from './source-text.ts'

interface Options {
  add?: string[]
  remove?: string[]
}

const EXAMPLES = [
  'hookloop sources secrets shop',
  'hookloop sources secrets shop --add env:NEW_SECRET',
  'hookloop sources secrets shop --remove sec_01JD8Z5K3WQ7M0X2T9B4C6E8FA',
]
const MORE = `While a sender changes its secret, keep both: what the older one proves is valid, and marked so.`

export function secretsCommand(): Command {
  const secrets = new Command('secrets')
    .description('what its signatures are checked with: list, add, remove')
    .argument('<source>', 'by slug or id')
    .option('--add <secrets...>', `in front of those that are there: ${SECRET_FORMS}`)
    .option('--remove <ids...>', 'no longer count')
    .action(run)
  return withExamples(secrets, EXAMPLES, MORE)
}

async function run(id: string, { add, remove }: Options, command: Command): Promise<void> {
  const { api, terminal, show } = openContext(command)
  const source = await findSource(api, id)
  if (add === undefined && remove === undefined) return show(listed(source), ({ items }) => secretTable(items))
  for (const each of remove ?? []) checkKnown(source, each)
  const kept = source.secrets.filter((secret) => !remove?.includes(secret.id)).map((secret) => ({ id: secret.id }))
  const added = await secretsFrom('--add', add ?? [], terminal)
  if (new Set(added).size < added.length) throw new UsageError('--add names one secret twice')
  const changed = await api.sources.update({ id: source.id, secrets: [...added, ...kept] })
  show(listed(changed), ({ items }) => secretTable(items))
}

function checkKnown({ name, secrets }: SourceView, id: string): void {
  if (secrets.some((secret) => secret.id === id)) return
  throw new RefusedError('not_found', `The source “${name}” has no secret ${id}.`, '“sources secrets” lists them.')
}

function listed({ secrets }: SourceView) {
  return { items: secrets }
}

function secretTable(items: SourceView['secrets']): Text {
  return table(
    items,
    [
      { title: 'ID', value: ({ id }) => id },
      { title: 'ADDED', value: ({ createdAt }, { now }) => ago(createdAt, now) },
    ],
    'No secret: nothing is checked.',
  )
}
