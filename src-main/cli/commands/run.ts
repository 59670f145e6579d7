import { Command } from 'commander'
import type { RunDetail } from '#shared/contract/workflows/workflows.ts'
import { EndpointId } from '#shared/model/ids.ts'
import { type Context, openContext } from '../context.ts'
import { EXIT, UsageError } from '../exit.ts'
import { askUntil } from '../live/ask-until.ts'
import { withExamples } from '../options/examples.ts'
import { table } from '../text/table.ts'
import type { Text } from '../text/view.ts'
import { stateStyle } from '../text/words.ts'

interface RunOptions {
  tag?: string[]
  var?: string[]
  callback?: string
  retryOf?: string
  wait: boolean
}

const ASK_EVERY_MS = 500

const EXAMPLES = [
  'hookloop run checkout-smoke',
  'hookloop run checkout-smoke --tag eu --var host=preview-42.example.com',
  'hookloop run checkout-smoke --no-wait --json',
]
const MORE = `Prints how the run goes on stderr and its trace on stdout. Exit codes: 0 every target succeeded, 1 none did,
5 some did; else as for every command.`

export function runCommand(): Command {
  const command = new Command('run')
    .description('Run a workflow and wait for its end')
    .argument('<workflow>', 'its name')
    .option('--tag <tags...>', 'only targets with one of these tags')
    .option('--var <name=value...>', 'variables in place of the workflow’s own values')
    .option('--callback <endpointId>', 'an endpoint that is told of the end')
    .option('--retry-of <runId>', 'only the targets that failed in this run')
    .option('--no-wait', 'start it and leave')
    .action(run)
  return withExamples(command, EXAMPLES, MORE)
}

async function run(name: string, _: RunOptions, command: Command): Promise<void> {
  const context = openContext(command)
  const { api, show } = context
  const { tag: tags, callback, retryOf, ...options } = command.opts<RunOptions>()
  const started = await api.workflows.runs.start({
    name,
    tags,
    variables: variablesOf(options.var ?? []),
    callbackEndpointId: callback === undefined ? null : endpointOf(callback),
    retryOf: retryOf ?? null,
  })
  if (!options.wait) return show(started, ({ id }) => id)
  const ended = await untilOver(context, { name, id: started.id })
  show(ended, traceText)
  context.endWith(EXIT_OF[ended.status])
}

const EXIT_OF: Readonly<Record<RunDetail['status'], number>> = {
  succeeded: EXIT.ok,
  running: EXIT.failed,
  failed: EXIT.failed,
  partial_failure: EXIT.partly,
}

function variablesOf(pairs: readonly string[]): Record<string, string> {
  const read = pairs.map((pair): [string, string] => {
    const at = pair.indexOf('=')
    if (at < 1) throw new UsageError(`--var takes name=value, not “${pair}”`)
    return [pair.slice(0, at), pair.slice(at + 1)]
  })
  return Object.fromEntries(read)
}

function endpointOf(text: string): EndpointId {
  const parsed = EndpointId.safeParse(text)
  if (parsed.success) return parsed.data
  throw new UsageError(`--callback takes an endpoint’s id: it ${parsed.error.issues[0]?.message ?? 'is none'}`)
}

/** Tells on stderr how it goes, once for each change. */
function untilOver({ api, terminal }: Context, run: { name: string; id: string }): Promise<RunDetail> {
  let told = ''
  return askUntil(() => api.workflows.runs.get(run), {
    isDone: ({ status }) => status !== 'running',
    everyMs: ASK_EVERY_MS,
    onAnswer(now) {
      const line = progressText(now)
      if (line !== told) terminal.stderr.write(`${line}\n`)
      told = line
    },
  })
}

function progressText(run: RunDetail): string {
  const { id, status, progress_percentage: progress, completed_urls: good, failed_urls: bad, total_urls: total } = run
  return `${id} ${status} ${progress} %: ${good} of ${total} succeeded, ${bad} failed`
}

function traceText({ trace }: RunDetail): Text {
  return table(
    trace,
    [
      { title: 'OUTCOME', value: ({ outcome }) => outcome, style: ({ outcome }) => stateStyle(outcome) },
      { title: 'EVENT', value: ({ eventType }) => eventType, shrinks: true },
      { title: 'TO', value: ({ url }) => url, shrinks: true },
      { title: 'LAST', value: ({ lastStatus, lastFailure }) => String(lastStatus ?? lastFailure ?? '') },
      { title: 'TRIES', value: ({ attempts }) => String(attempts), right: true },
      { title: 'DELIVERY', value: ({ deliveryId }) => deliveryId ?? '' },
    ],
    'Nothing was sent.',
  )
}
