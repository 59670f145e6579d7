import { Command } from 'commander'
import type { ReplayView } from '#shared/contract/replays.ts'
import { OutageReason } from '#shared/model/replay.ts'
import { type Context, openContext } from '../../context.ts'
import { EXIT } from '../../exit.ts'
import { askUntil } from '../../live/ask-until.ts'
import { withExamples } from '../../options/examples.ts'
import { rate } from '../../options/numbers.ts'
import { replayOrder, type ReplayOptions } from './replay-order.ts'
import { dryRunText, replaySheet } from './replay-text.ts'

const ASK_EVERY_MS = 500

const EXAMPLES = [
  'hookloop replay evt_01JD8Z5K3WQ7M0X2T9B4C6E8FA',
  "hookloop replay --filter 'type:audit.* state:failed' --since 2h --dry-run",
  "hookloop replay --filter 'source:github' --url http://127.0.0.1:3000/hooks --sign-as source --rate 10",
  'hookloop replay --outage end_01JD8Z5K3WQ7M0X2T9B4C6E8FA --rate 5 --wait',
]
const MORE = `--outage finds what the endpoint did not get: without --since, in the latest outage that is known of it.
With --wait the exit code is 1 where a delivery failed.`

export function replayCommand(): Command {
  const command = new Command('replay')
    .description('Send stored events again, as new deliveries')
    .argument('[eventId...]', 'events, by id')
    .option('--filter <filter>', 'all that fit, such as: type:audit.* state:failed $.data.id=42')
    .option('--since <time>', 'that came since: 2h, 2026-11-25 or 2026-11-25T10:02')
    .option('--until <time>', 'that came before')
    .option('--outage <endpointId>', 'all that this endpoint did not get')
    .option('--reasons <reasons...>', `of an outage: any of ${OutageReason.options.join(', ')} (default: all)`)
    .option('--endpoint <id...>', 'to these endpoints (default: all that take the event, or the one of the outage)')
    .option('--url <url>', 'to this URL in place of endpoints')
    .option('--keep-signature', 'with the original headers and signature')
    .option('--sign-as <signer>', 'to a URL: source (default), nobody, or an endpoint’s id')
    .option('--rate <number>', 'deliveries begun in a second, at most', rate)
    .option('--dry-run', 'count what would be sent, and send nothing')
    .option('--wait', 'until it is over')
    .action(replay)
  return withExamples(command, EXAMPLES, MORE)
}

async function replay(eventIds: string[], options: ReplayOptions, command: Command): Promise<void> {
  const context = openContext(command)
  const { api, terminal, show } = context
  const answer = await api.replays.create(await replayOrder(api, { eventIds, options, now: terminal.now() }))
  if ('dryRun' in answer) return show(answer, dryRunText)
  if (options.wait !== true) return show(answer, begunWords)
  const ended = await untilOver(context, answer.id)
  show(ended, replaySheet)
  if (ended.failed > 0) context.endWith(EXIT.failed)
}

/** Of many, nothing is counted yet. */
function begunWords({ id, isCounted, total }: ReplayView): string {
  return isCounted ? `${id}: ${total} ${total === 1 ? 'delivery' : 'deliveries'}` : `${id}: counting what it sends`
}

/** Tells how it goes where a terminal shows it. */
async function untilOver({ api, progress }: Context, id: string): Promise<ReplayView> {
  const ended = await askUntil(() => api.replays.get({ id }), {
    isDone: ({ state, waiting, held, isHandedOn }) => state !== 'running' || (isHandedOn && held === waiting),
    everyMs: ASK_EVERY_MS,
    onAnswer: ({ done, total, failed }) => progress(`${id}: ${done} of ${total} done, ${failed} failed`),
  })
  progress(null)
  return ended
}
