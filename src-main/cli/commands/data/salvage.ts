import { Command } from 'commander'
import { readSettings } from '#main/compose/settings.ts'
import { openContext } from '../../context.ts'
import { withExamples } from '../../options/examples.ts'

const EXAMPLES = ['hookloop salvage --data ./here']
const MORE = `Stop Hookloop first. The damaged database stays as it is. To go on with the new file, move hookloop.db and its -wal file
to another folder and give the new file the name hookloop.db.`

export function salvageCommand(): Command {
  const command = new Command('salvage')
    .description('Copy what can be read of a damaged database into a new file')
    .action(salvage)
  return withExamples(command, EXAMPLES, MORE)
}

async function salvage(_: object, command: Command): Promise<void> {
  const { options, terminal, show } = openContext(command)
  const { salvageData } = await import('#main/compose/data/salvage-data.ts')
  const salvaged = salvageData(readSettings(options, terminal.env).dataDirectory)
  const { path, readable, of } = salvaged
  const words = `${readable} of ${of} events could be read; they are in ${path}. The damaged file is as it was.`
  show(salvaged, () => words)
}
