import { Command } from 'commander'
import { DEFAULT_PROJECT_SLUG } from '#shared/model/project.ts'
import { readSettings } from '#main/compose/settings.ts'
import { type Context, openContext } from '../../context.ts'
import { withExamples } from '../../options/examples.ts'

const IMPORT_MORE = `Stop Hookloop first. All of the archive is taken or, where anything is wrong with it, nothing. Endpoints come paused and
without their secrets, and what was on its way is held.`

export function importCommand(): Command {
  const command = new Command('import')
    .description('Take an archive into an installation')
    .argument('<file>', 'the archive')
    .action(importProject)
  return withExamples(command, ['hookloop import shop.jsonl --data ./new'], IMPORT_MORE)
}

/** Writes the events of a project, and what belongs to them, from the data itself. */
export async function exportArchive(file: string, { options, terminal, show }: Context): Promise<void> {
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
