import { Command } from 'commander'
import { readSettings } from '#main/compose/settings.ts'
import { sharedOptions } from '../shared-options.ts'

const EXAMPLES = `
Examples:
  hookloop salvage --data ./here

Stop Hookloop first. The damaged database stays as it is. To go on with the new file, move hookloop.db and its -wal file
to another folder and give the new file the name hookloop.db.`

export function salvageCommand(): Command {
  return new Command('salvage')
    .description('Copy what can be read of a damaged database into a new file')
    .addHelpText('after', EXAMPLES)
    .action(salvage)
}

async function salvage(_: object, command: Command): Promise<void> {
  const { data, json } = sharedOptions(command)
  const { salvageData } = await import('#main/compose/data/salvage-data.ts')
  const salvaged = salvageData(readSettings({ data }).dataDirectory)
  const { path, readable, of } = salvaged
  const words = `${readable} of ${of} events could be read; they are in ${path}. The damaged file is as it was.`
  process.stdout.write(`${json ? JSON.stringify(salvaged) : words}\n`)
}
