import { Command } from 'commander'
import { DEFAULT_PROJECT_SLUG } from '#shared/model/project.ts'
import { readSettings } from '#main/compose/settings.ts'
import { sharedOptions } from '../shared-options.ts'

const EXPORT_EXAMPLES = `
Examples:
  hookloop export shop.jsonl --project shop

It may run beside Hookloop. The archive is JSON Lines: sources, endpoints with all their versions, events with their bodies,
deliveries and attempts, under their own ids. Secrets are no part of it; what senders wrote into headers and bodies is.`

const IMPORT_EXAMPLES = `
Examples:
  hookloop import shop.jsonl --data ./new

Stop Hookloop first. All of the archive is taken or, where anything is wrong with it, nothing. Endpoints come paused and
without their secrets, and what was on its way is held.`

export function exportCommand(): Command {
  return new Command('export')
    .description('Write a project into an archive, also while Hookloop runs')
    .argument('<file>', 'the file to make')
    .addHelpText('after', EXPORT_EXAMPLES)
    .action(exportProject)
}

export function importCommand(): Command {
  return new Command('import')
    .description('Take an archive into an installation')
    .argument('<file>', 'the archive')
    .addHelpText('after', IMPORT_EXAMPLES)
    .action(importProject)
}

async function exportProject(file: string, _: object, command: Command): Promise<void> {
  const { data, json, project = DEFAULT_PROJECT_SLUG } = sharedOptions(command)
  const { exportData } = await import('#main/compose/data/export-data.ts')
  const counts = await exportData({ dataDirectory: readSettings({ data }).dataDirectory, to: file, project })
  const words = `${counts.events} events, ${counts.deliveries} deliveries and ${counts.attempts} attempts exported.`
  process.stdout.write(`${json ? JSON.stringify({ project, counts }) : words}\n`)
}

async function importProject(file: string, _: object, command: Command): Promise<void> {
  const { data, json } = sharedOptions(command)
  const { importData } = await import('#main/compose/data/import-data.ts')
  const imported = await importData({ dataDirectory: readSettings({ data }).dataDirectory, from: file })
  const { events, endpoints } = imported.counts
  const words = `${events} events imported into project ${imported.project}; ${endpoints} endpoints are paused and need their secrets.`
  process.stdout.write(`${json ? JSON.stringify(imported) : words}\n`)
}
