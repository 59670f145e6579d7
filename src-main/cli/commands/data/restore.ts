import { Command } from 'commander'
import type { RestoreResult } from '#main/compose/data/restore-data.ts'
import { readSettings } from '#main/compose/settings.ts'
import { openContext } from '../../context.ts'
import { withExamples } from '../../options/examples.ts'

const EXAMPLES = [
  'hookloop restore ~/backups/hookloop.db --data ./new',
  'hookloop restore ~/backups/hookloop.db --force',
]
const MORE = `Stop Hookloop first. With --force a database that is there already is kept beside the restored one, under another name.
Nothing is sent after a restore until you release it: every endpoint is paused, and every delivery that was on its way is
held, since it may have arrived after the backup was made.`

export function restoreCommand(): Command {
  const command = new Command('restore')
    .description('Put a backup in the place of the database')
    .argument('<file>', 'the backup')
    .option('--force', 'set a database that is there already aside')
    .action(restore)
  return withExamples(command, EXAMPLES, MORE)
}

async function restore(file: string, { force }: { force?: true }, command: Command): Promise<void> {
  const { options, terminal, show } = openContext(command)
  const { restoreData } = await import('#main/compose/data/restore-data.ts')
  const result = await restoreData({
    dataDirectory: readSettings(options, terminal.env).dataDirectory,
    from: file,
    replace: force === true,
  })
  show(result, wordsFor)
}

function wordsFor({ path, keptPath, counts, restored }: RestoreResult): string {
  return [
    `Restored ${counts.events} events and ${counts.deliveries} deliveries into ${path}.`,
    `${restored.held} deliveries are held and ${restored.endpointIds.length} endpoints paused: look at them in the window, then release or discard.`,
    ...(keptPath === null ? [] : [`The database that was there before is now ${keptPath}.`]),
    'Secrets open only with the key of the installation that the backup is from.',
  ].join('\n')
}
