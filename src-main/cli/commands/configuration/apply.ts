import { Command } from 'commander'
import type { AppliedView, PlanView } from '#shared/contract/configuration/configuration.ts'
import type { YamlFile } from '#main/compose/configuration/read-yaml.ts'
import { type Context, openContext } from '../../context.ts'
import { EXIT } from '../../exit.ts'
import { withExamples } from '../../options/examples.ts'
import { confirmLoss, YES } from '../../terminal/confirm.ts'
import { plain } from '../../text/plain.ts'
import { stack } from '../../text/view.ts'
import { readConfigurationFile, variablesOf } from './configuration-file.ts'
import { countWords, planText, thingWords } from './plan-text.ts'

interface ApplyOptions {
  file: string
  dryRun?: true
  prune?: true
  yes?: true
}

const MORE = `The plan comes first: what is created, changed and removed. All of it is done in one step, or nothing. Applied again,
it changes nothing. Sources are told by their slugs, everything else by its name; what is called otherwise is another
thing. An entry is the whole of it: what it leaves out has its default, but for secrets and for "enabled", which stay.
Nothing outside the file is touched but with --prune, and then only in the sections that the file has.

A file holds no secret: { env: NAME } is the value of a variable where apply runs, { keep: true } what the relay has.
docs/configuration.md shows all of it. --dry-run exits 0 where nothing is to be done, and 6 where something is.`

export function applyCommand(): Command {
  const command = new Command('apply')
    .description('Bring a project to what a file of configuration says')
    .requiredOption('-f, --file <file>', 'the file, as "export --config" writes one, or - for what is piped in')
    .option('--dry-run', 'show the plan and change nothing')
    .option('--prune', 'remove what the sections of the file do not name')
    .option(...YES)
    .action(apply)
  return withExamples(
    command,
    [
      'hookloop apply -f hookloop.yaml --dry-run',
      'hookloop apply -f hookloop.yaml --prune --yes',
      'CRM_KEY=… hookloop apply -f hookloop.yaml --url https://hooks.example.com --token env:HOOKLOOP_KEY',
    ],
    MORE,
  )
}

async function apply(options: ApplyOptions, command: Command): Promise<void> {
  const context = openContext(command)
  const { api, terminal } = context
  const file = await readConfigurationFile(options.file, terminal)
  const wanted = {
    configuration: file.values as never,
    values: variablesOf(file, terminal.env),
    prune: options.prune === true,
  }
  const plan = await api.configuration.plan(wanted)
  if (plan.problems.length > 0) tellProblems(context, plan, file)
  else if (options.dryRun) tellPlan(context, plan)
  else if (plan.changes.length === 0) context.show(unchanged(plan), () => NOTHING)
  else {
    context.note(stack(planText(plan.changes), `\n${countWords(plan.changes)}.`))
    await confirmRemovals(context, plan, options)
    context.show(await api.configuration.apply({ ...wanted, fingerprint: plan.fingerprint }), appliedWords)
  }
}

const NOTHING = 'Nothing to change: it is so already.'

function unchanged({ fingerprint }: PlanView): AppliedView {
  return { changes: [], fingerprint, created: 0, changed: 0, removed: 0 }
}

function appliedWords({ created, changed, removed }: AppliedView): string {
  return `Applied: ${created} created, ${changed} changed, ${removed} removed.`
}

/** All of it, each with its line; for a script, as the relay told it. */
function tellProblems({ terminal, options, show, endWith }: Context, plan: PlanView, file: YamlFile): void {
  endWith(EXIT.refused)
  if (options.json) {
    show(plan, () => '')
    return
  }
  const lines = plan.problems.map(({ path, message, hint }) => {
    const place = [file.placeOf(path), path.join('.')].join(': ')
    return plain(`${place}: ${message}${hint === null ? '' : ` ${hint}`}`)
  })
  terminal.stderr.write(`${lines.join('\n')}\nNothing was applied.\n`)
}

function tellPlan({ show, endWith }: Context, plan: PlanView): void {
  show(plan, ({ changes }) =>
    changes.length === 0 ? NOTHING : stack(planText(changes), `\n${countWords(changes)}. Nothing was changed yet.`),
  )
  if (plan.changes.length > 0) endWith(EXIT.changes)
}

async function confirmRemovals({ terminal }: Context, { changes }: PlanView, { yes }: ApplyOptions): Promise<void> {
  const removed = changes.filter(({ action }) => action === 'remove')
  if (removed.length === 0) return
  const endpoints = removed.some(({ kind }) => kind === 'endpoint')
  const lost = endpoints ? ' and cancel the deliveries that wait for removed endpoints' : ''
  await confirmLoss(terminal, `Remove ${removed.map(thingWords).join(', ')}${lost}?`, yes === true)
}
