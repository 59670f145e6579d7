import { Command } from 'commander'
import { openContext, type Context } from '../context.ts'
import { EXIT, UsageError } from '../exit.ts'
import { askUntil } from '../live/ask-until.ts'
import { withExamples } from '../options/examples.ts'
import { jsonFrom } from '../options/inputs.ts'
import { SECRET_FORMS, secretFrom } from '../options/secrets.ts'
import { attemptTable } from '../text/attempts.ts'
import { stack, type Text } from '../text/view.ts'
import { withState } from '../text/words.ts'

interface Options {
  url?: string
  endpoint?: string
  secret?: string
  data?: string
  wait?: true
}

const ASK_EVERY_MS = 200

const EXAMPLES = [
  'hookloop trigger github push --url http://127.0.0.1:3000/hooks',
  'hookloop trigger stripe invoice.paid --url http://127.0.0.1:3000/hooks --secret env:STRIPE_SECRET --wait',
  'hookloop trigger crawlux audit.completed --endpoint end_01JD8Z5K3WQ7M0X2T9B4C6E8FA --data @audit.json',
]
const MORE = `"hookloop catalog" lists senders and their event types. With --wait it ends with the delivery: exit code 0 where it
succeeded, 1 where it did not.`

export function triggerCommand(): Command {
  const trigger = new Command('trigger')
    .description('Send an event of the catalog as its sender would')
    .argument('<provider>', 'the sender, such as github')
    .argument('<type>', 'one of its event types')
    .option('--url <url>', 'where to, with the sender’s own deadline and retries')
    .option('--endpoint <id>', 'in place of a URL: by the endpoint’s own policy')
    .option('--secret <secret>', `what the receiver verifies with: ${SECRET_FORMS} (default: one is made)`)
    .option('--data <json>', 'in place of the sample: JSON, @file, or - for what is piped in')
    .option('--wait', 'until the delivery is over, and tell its attempts')
    .action(run)
  return withExamples(trigger, EXAMPLES, MORE)
}

async function run(provider: string, type: string, _: Options, command: Command): Promise<void> {
  const context = openContext(command)
  const { api, terminal, show } = context
  const { url, endpoint: endpointId, secret, data, wait } = command.opts<Options>()
  if ((url === undefined) === (endpointId === undefined)) throw new UsageError('Say where to: --url or --endpoint.')
  const sent = await api.catalog.trigger({
    provider,
    type,
    ...(url !== undefined && { url }),
    ...(endpointId !== undefined && { endpointId }),
    ...(secret !== undefined && { secret: await secretFrom('--secret', secret, terminal) }),
    ...(data !== undefined && { data: await jsonFrom('--data', data, terminal) }),
  })
  if (wait) await untilOver(context, sent)
  else show(sent, sentText)
}

interface Sent {
  eventId: string
  deliveryId: string
  secret: string | null
}

async function untilOver({ api, show, endWith }: Context, sent: Sent): Promise<void> {
  const id = sent.deliveryId
  const delivery = await askUntil(() => api.deliveries.get({ id }), {
    isDone: ({ state }) => state !== 'scheduled' && state !== 'delivering',
    everyMs: ASK_EVERY_MS,
  })
  const { items } = await api.deliveries.attempts({ id })
  show({ ...sent, delivery, attempts: items }, () =>
    stack(sentText(sent), withState('', delivery.state), attemptTable(items)),
  )
  if (delivery.state !== 'succeeded' && delivery.state !== 'simulated') endWith(EXIT.failed)
}

function sentText({ eventId, deliveryId, secret }: Sent): Text {
  const made = secret === null ? [] : [`Signed with a secret made for this, shown this once: ${secret}`]
  return stack(`${eventId} · ${deliveryId}`, ...made)
}
