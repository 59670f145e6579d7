import { Command } from 'commander'
import { readSettings } from '#main/compose/settings.ts'
import { sharedOptions } from '../shared-options.ts'

const EXAMPLES = `
Examples:
  hookloop backup ~/backups/hookloop.db
  hookloop backup before-update.db --data ./here

It may run beside Hookloop. The copy holds secrets as they are stored, sealed: the key that opens them is no part of it,
so keep that too, in another place.`

export function backupCommand(): Command {
  return new Command('backup')
    .description('Copy the whole database into a file, also while Hookloop runs')
    .argument('<file>', 'the file to make')
    .addHelpText('after', EXAMPLES)
    .action(backUp)
}

async function backUp(file: string, _: object, command: Command): Promise<void> {
  const { data, json } = sharedOptions(command)
  const { backUpData } = await import('#main/compose/data/backup-data.ts')
  const showsProgress = process.stderr.isTTY && !json
  const backup = await backUpData({
    dataDirectory: readSettings({ data }).dataDirectory,
    to: file,
    onProgress({ copiedBytes, totalBytes }) {
      if (showsProgress) process.stderr.write(`\r${Math.floor((100 * copiedBytes) / Math.max(1, totalBytes))} %`)
    },
  })
  if (showsProgress) process.stderr.write('\r     \r')
  const { events, deliveries } = backup.counts
  const words = `${backup.path}: ${events} events, ${deliveries} deliveries, ${backup.sizeBytes} bytes.\nSHA-256 ${backup.sha256}`
  process.stdout.write(`${json ? JSON.stringify(backup) : words}\n`)
}
