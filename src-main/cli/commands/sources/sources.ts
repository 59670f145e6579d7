import { Command } from 'commander'
import { openContext } from '../../context.ts'
import { withExamples } from '../../options/examples.ts'
import { confirmLoss, YES } from '../../terminal/confirm.ts'
import { plain } from '../../text/plain.ts'
import { addSourceOptions, readSourceFields, type SourceOptions } from './source-options.ts'
import { findSource, sourceSheet, sourceTable } from './source-text.ts'
import { secretsCommand } from './secrets.ts'

const CREATE = [
  'hookloop sources create shop --name Shop --provider github --secret env:GITHUB_SECRET',
  'hookloop sources create flaky --script 500 503 200 --duplicates drop',
]

export function sourcesCommand(): Command {
  const sources = new Command('sources').description('List, create, show, change and delete sources')
  const listing = sources.command('list', { isDefault: true }).description('every source and its capture address')
  withExamples(listing.action(list), ['hookloop sources', 'hookloop sources --json'])
  const creation = sources.command('create <slug>').description('a capture address of its own')
  withExamples(addSourceOptions(creation).action(create), CREATE)
  const showing = sources.command('show <source>').description('by slug or id')
  withExamples(showing.action(show), ['hookloop sources show shop'])
  const changing = sources.command('update <source>').description('change what is given, leave the rest')
  withExamples(addSourceOptions(changing).action(update), ['hookloop sources update shop --status 202 --delay 500'])
  const deletion = sources.command('delete <source>').description('its address stops capturing; its events stay')
  withExamples(deletion.option(...YES).action(remove), ['hookloop sources delete shop'])
  sources.addCommand(secretsCommand())
  return withExamples(sources, ['hookloop sources', ...CREATE])
}

async function list(_: unknown, command: Command): Promise<void> {
  const { api, show: print } = openContext(command)
  print(await api.sources.list({}), ({ items }) => sourceTable(items))
}

async function create(slug: string, _: SourceOptions, command: Command): Promise<void> {
  const { api, terminal, show: print } = openContext(command)
  const fields = await readSourceFields(command.opts<SourceOptions>(), terminal)
  print(await api.sources.create({ name: slug, ...fields, slug }), ({ captureUrl }) => captureUrl)
}

async function show(id: string, _: unknown, command: Command): Promise<void> {
  const { api, show: print } = openContext(command)
  print(await findSource(api, id), sourceSheet)
}

async function update(id: string, _: SourceOptions, command: Command): Promise<void> {
  const { api, terminal, show: print } = openContext(command)
  const fields = await readSourceFields(command.opts<SourceOptions>(), terminal)
  print(await api.sources.update({ id, ...fields }), sourceSheet)
}

async function remove(id: string, { yes }: { yes?: true }, command: Command): Promise<void> {
  const { api, terminal, show: print } = openContext(command)
  const { name, captureUrl } = await findSource(api, id)
  const question = `Delete the source “${plain(name)}”? What is sent to ${captureUrl} is refused from then on.`
  await confirmLoss(terminal, question, yes === true)
  print(await api.sources.delete({ id }), (deleted) => `${deleted.id} is deleted`)
}
