import { Command } from 'commander'
import { openContext } from '../context.ts'
import { withExamples } from '../options/examples.ts'

interface ReplayOptions {
  endpoint?: string[]
  url?: string
  keepSignature?: true
}

const EXAMPLES = [
  'hookloop replay evt_01JD8Z5K3WQ7M0X2T9B4C6E8FA',
  'hookloop replay evt_01JD8Z5K3WQ7M0X2T9B4C6E8FA --url http://127.0.0.1:3000/hooks --keep-signature',
]

export function replayCommand(): Command {
  const command = new Command('replay')
    .description('Send stored events again, as new deliveries')
    .argument('<eventId...>', 'events, by id')
    .option('--endpoint <id...>', 'only to these endpoints (default: all that take the event’s type)')
    .option('--url <url>', 'to this URL in place of endpoints')
    .option('--keep-signature', 'with the original headers and signature')
    .action(replay)
  return withExamples(command, EXAMPLES)
}

async function replay(eventIds: string[], _: ReplayOptions, command: Command): Promise<void> {
  const { api, show } = openContext(command)
  const { endpoint: endpointIds, url, keepSignature } = command.opts<ReplayOptions>()
  const created = await api.replays.create({ eventIds, endpointIds, url, resign: keepSignature !== true })
  if ('dryRun' in created) return
  show(created, ({ id, total }) => `${id}: ${total} ${total === 1 ? 'delivery' : 'deliveries'}`)
}
