import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { type Context, openContext } from '../../context.ts'
import { UsageError } from '../../exit.ts'
import { withExamples } from '../../options/examples.ts'
import { plain } from '../../text/plain.ts'
import { exportArchive } from '../data/archive.ts'
import { writeYaml } from './write-yaml.ts'

const MORE = `It may run beside Hookloop. The archive is JSON Lines: sources, endpoints with all their versions, events with their bodies,
deliveries and attempts, under their own ids. Secrets are no part of it; what senders wrote into headers and bodies is.

With --config it asks the running relay for what its "apply" takes: providers, event types, sources, endpoints with
their policies, and workflows, as YAML without a secret. Without a file it is printed; a file is replaced.`

export function exportCommand(): Command {
  const command = new Command('export')
    .description('Write a project into an archive, also while Hookloop runs; with --config, its configuration')
    .argument('[file]', 'the file to make')
    .option('--config', 'the configuration as YAML, in place of the archive')
    .action(exportProject)
  return withExamples(
    command,
    ['hookloop export shop.jsonl --project shop', 'hookloop export --config hookloop.yaml'],
    MORE,
  )
}

async function exportProject(file: string | undefined, { config }: { config?: true }, command: Command): Promise<void> {
  const context = openContext(command)
  if (config) await exportConfiguration(file, context)
  else if (file === undefined)
    throw new UsageError('Name the file to make, or ask for the configuration with --config.')
  else await exportArchive(file, context)
}

async function exportConfiguration(file: string | undefined, context: Context): Promise<void> {
  const { api, options, show, note } = context
  const exported = await api.configuration.export({})
  const yaml = writeYaml(exported.configuration, options.project)
  for (const { path, message } of exported.warnings) note(plain(`${path.join('.')}: ${message}`))
  if (file === undefined) {
    show(exported, () => yaml.trimEnd())
    return
  }
  await writeFile(file, yaml)
  const counts = Object.entries(exported.configuration).flatMap(([section, entries]) =>
    typeof entries === 'object' && entries !== null ? [countOf(section, Object.keys(entries).length)] : [],
  )
  show(exported, () => `${file}: ${counts.join(', ') || 'nothing but defaults'}.`)
}

const WORDS: Readonly<Record<string, string>> = { eventTypes: 'event types' }

function countOf(section: string, count: number): string {
  const words = WORDS[section] ?? section
  return `${count} ${count === 1 ? words.slice(0, -1) : words}`
}
