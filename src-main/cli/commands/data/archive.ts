import { Command } from 'commander'
import { DEFAULT_PROJECT_SLUG } from '#shared/model/project.ts'
import { readSettings } from '#main/compose/settings.ts'
import { openContext } from '../../context.ts'
import { withExamples } from '../../options/examples.ts'

const EXPORT_MORE = `It may run beside Hookloop. The archive is JSON Lines: sources, endpoints with all their versions, events with their bodies,
deliveries and attempts, under their own ids. Secrets are no part of it; what senders wrote into headers and bodies is.`

const IMPORT_MORE = `Stop Hookloop first. All of the archive is taken or, where anything is wrong with it, nothing. Endpoints come paused and
without their secrets, and what was on its way is held.`

export function exportCommand(): Command {
  const command = new Command('export')
    .description('Write a project into an archive, also while Hookloop runs')
    .argument('<file>', 'the file to make')
    .action(exportProject)
  return withExamples(command, ['hookloop export shop.jsonl --project shop'], EXPORT_MORE)
}

export function importCommand(): Command {
  const command = new Command('import')
    .description('Take an archive into an installation')
    .argument('<file>', 'the archive')
    .action(importProject)
  return withExamples(command, ['hookloop import shop.jsonl --data ./new'], IMPORT_MORE)
}

async function exportProject(file: string, _: object, command: Command): Promise<void> {
  const { options, terminal, show } = openContext(command)
  const { data, project = DEFAULT_PROJECT_SLUG } = options
  const { exportData } = await import('#main/compose/data/export-data.ts')
  const counts = await exportData({
    dataDirectory: readSettings({ data }, terminal.env).dataDirectory,
    to: file,
    project,
  })
  const words = `${counts.events} events, ${counts.deliveries} deliveries and ${counts.attempts} attempts exported.`
  show({ project, counts }, () => words)
}

async function importProject(file: string, _: object, command: Command): Promise<void> {
  const { options, terminal, show } = openContext(command)
  const { importData } = await import('#main/compose/data/import-data.ts')
  const imported = await importData({ dataDirectory: readSettings(options, terminal.env).dataDirectory, from: file })
  const { events, endpoints } = imported.counts
  const words = `${events} events imported into project ${imported.project}; ${endpoints} endpoints are paused and need their secrets.`
  show(imported, () => words)
}
