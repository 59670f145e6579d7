import { Command } from 'commander'
import { readSettings } from '#main/compose/settings.ts'
import { openContext } from '../../context.ts'
import { withExamples } from '../../options/examples.ts'

const EXAMPLES = ['hookloop backup ~/backups/hookloop.db', 'hookloop backup before-update.db --data ./here']
const MORE = `It may run beside Hookloop. The copy holds secrets as they are stored, sealed: the key that opens them is no part of it,
so keep that too, in another place.`

export function backupCommand(): Command {
  const command = new Command('backup')
    .description('Copy the whole database into a file, also while Hookloop runs')
    .argument('<file>', 'the file to make')
    .action(backUp)
  return withExamples(command, EXAMPLES, MORE)
}

async function backUp(file: string, _: object, command: Command): Promise<void> {
  const { options, terminal, show, progress } = openContext(command)
  const { backUpData } = await import('#main/compose/data/backup-data.ts')
  const backup = await backUpData({
    dataDirectory: readSettings(options, terminal.env).dataDirectory,
    to: file,
    onProgress({ copiedBytes, totalBytes }) {
      progress(`${Math.floor((100 * copiedBytes) / Math.max(1, totalBytes))} %`)
    },
  })
  progress(null)
  const { events, deliveries } = backup.counts
  const words = `${backup.path}: ${events} events, ${deliveries} deliveries, ${backup.sizeBytes} bytes.\nSHA-256 ${backup.sha256}`
  show(backup, () => words)
}
