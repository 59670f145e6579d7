import { Command, Option } from 'commander'
import type { EndpointView } from '#shared/contract/endpoints.ts'
import type { Condition } from '#shared/model/condition.ts'
import { openContext } from '../context.ts'
import { withExamples } from '../options/examples.ts'
import { parseHeader } from '../options/headers.ts'
import { fileText, parseJson, textFrom } from '../options/inputs.ts'
import { confirmLoss, YES } from '../terminal/confirm.ts'
import { plain } from '../text/plain.ts'
import { sheet, table } from '../text/table.ts'
import type { Text } from '../text/view.ts'
import { ago, stateStyle } from '../text/words.ts'

interface CreateOptions {
  name: string
  url: string
  types?: string[]
  policy?: string
  provider?: string
  header?: string[]
  forwardPath?: true
  method?: string
  condition?: string
  transformation?: string
  secretsFile?: string
  testMode?: true
}

const CREATE = [
  "hookloop endpoints create --name Shop --url http://127.0.0.1:3000/hooks --types '*'",
  `hookloop endpoints create --name Chat --url 'https://chat.example/hooks/{secret.key}' --types 'audit.*' \\
  --secrets-file secrets.json --transformation '{"text": "Audit " & body.audit_id & " is done"}'`,
]
const ID = 'end_01JD8Z5K3WQ7M0X2T9B4C6E8FA'

export function endpointsCommand(): Command {
  const endpoints = new Command('endpoints').description('List, create, pause, resume and delete endpoints')
  const listing = endpoints.command('list', { isDefault: true }).description('every endpoint')
  withExamples(listing.action(list), ['hookloop endpoints', 'hookloop endpoints --project shop --json'])
  const creation = endpoints
    .command('create')
    .description('prints its signing secret, this once')
    .requiredOption('--name <name>')
    .requiredOption('--url <url>', 'where its deliveries go')
    .option('--types <types...>', 'event types: *, audit.*, audit.completed (default: none)')
    .option('--policy <preset>', 'how it is delivered to')
    .option('--provider <id>', 'who signs; none for nobody (default: the policy’s own)')
    .option('--header <name:value...>', 'added to each request')
    .option('--forward-path', 'append the captured path and query to the URL')
    .option('--method <method>', 'in place of the event’s own')
    .option('--condition <json>', 'which events beside the types, such as {"body.total": {"$gte": 100}}')
    .option('--transformation <jsonata>', 'an expression that yields the body, or @file')
    .option('--secrets-file <path>', 'JSON of names and values, for {secret.name} in URL and headers')
    .option('--test-mode', 'build and log every attempt, and send none')
    .action(create)
  withExamples(creation, CREATE)
  const showing = endpoints.command('show <id>').description('how it is set up and how it stands')
  withExamples(showing.action(show), [`hookloop endpoints show ${ID}`])
  const pausing = endpoints.command('pause <id>').description('hold its deliveries')
  withExamples(pausing.action(pause), [`hookloop endpoints pause ${ID}`])
  const resumption = endpoints
    .command('resume <id>')
    .description('deliver to it again')
    .addOption(
      new Option('--held <what>', 'what becomes of held deliveries').choices(['release', 'discard']).default('release'),
    )
    .action(resume)
  withExamples(resumption, [`hookloop endpoints resume ${ID} --held discard`])
  const deletion = endpoints.command('delete <id>').description('cancels its deliveries that are not final')
  withExamples(deletion.option(...YES).action(remove), [`hookloop endpoints delete ${ID}`])
  return withExamples(endpoints, [...CREATE, `hookloop endpoints pause ${ID}`])
}

async function list(_: unknown, command: Command): Promise<void> {
  const { api, show: print } = openContext(command)
  print(await api.endpoints.list({}), ({ items }) => endpointTable(items))
}

async function create(options: CreateOptions, command: Command): Promise<void> {
  const { api, terminal, show: print } = openContext(command)
  const created = await api.endpoints.create({
    name: options.name,
    url: options.url,
    ...(options.types && { eventTypes: options.types }),
    ...(options.policy !== undefined && { policy: options.policy }),
    ...(options.provider !== undefined && { provider: options.provider }),
    ...(options.header && { headers: options.header.map(parseHeader) }),
    ...(options.forwardPath && { forwardPath: true }),
    ...(options.method !== undefined && { method: options.method }),
    ...(options.condition !== undefined && { condition: parseJson<Condition>('--condition', options.condition) }),
    ...(options.transformation !== undefined && {
      transformation: await textFrom('--transformation', options.transformation, terminal),
    }),
    ...(options.secretsFile !== undefined && {
      secrets: parseJson<Record<string, string>>(
        '--secrets-file',
        await fileText('--secrets-file', options.secretsFile),
      ),
    }),
    ...(options.testMode && { testMode: true }),
  })
  print(created, ({ id, secret }) => {
    const signing = secret === null ? 'Nobody signs its requests.' : `Signing secret, shown this once: ${secret}`
    return `${id}\n${signing}`
  })
}

async function show(id: string, _: unknown, command: Command): Promise<void> {
  const { api, show: print } = openContext(command)
  print(await api.endpoints.get({ id }), endpointSheet)
}

async function pause(id: string, _: unknown, command: Command): Promise<void> {
  const { api, show: print } = openContext(command)
  print(await api.endpoints.pause({ id }), ({ endpoint, held }) => `${plain(endpoint.name)} is paused; ${held} held`)
}

async function resume(id: string, options: { held: 'release' | 'discard' }, command: Command): Promise<void> {
  const { api, show: print } = openContext(command)
  print(await api.endpoints.resume({ id, held: options.held }), ({ endpoint, released, discarded }) => {
    return `${plain(endpoint.name)} is active; ${released} released, ${discarded} discarded`
  })
}

async function remove(id: string, { yes }: { yes?: true }, command: Command): Promise<void> {
  const { api, terminal, show: print } = openContext(command)
  const { name, waiting } = await api.endpoints.get({ id })
  const lost = waiting === 0 ? '' : ` and cancel the ${waiting} deliveries that wait for it`
  await confirmLoss(terminal, `Delete the endpoint “${plain(name)}”${lost}?`, yes === true)
  print(await api.endpoints.delete({ id }), (deleted) => `${deleted.id} is deleted; ${deleted.canceled} canceled`)
}

function endpointTable(items: readonly EndpointView[]): Text {
  return table(
    items,
    [
      { title: 'ID', value: (endpoint) => endpoint.id },
      { title: 'NAME', value: (endpoint) => endpoint.name, shrinks: true },
      { title: 'STATE', value: stateText, style: ({ state }) => stateStyle(state) },
      { title: 'POLICY', value: (endpoint) => endpoint.policy.preset },
      { title: 'TYPES', value: (endpoint) => endpoint.eventTypes.join(' ') || 'none', shrinks: true },
      { title: 'URL', value: (endpoint) => endpoint.url, shrinks: true },
    ],
    'No endpoints yet: create one with "hookloop endpoints create".',
  )
}

function stateText(endpoint: EndpointView): string {
  return endpoint.pausedReason === null ? endpoint.state : `${endpoint.state} (${endpoint.pausedReason})`
}

function endpointSheet(endpoint: EndpointView): Text {
  return sheet([
    ['Endpoint', endpoint.id],
    ['Name', endpoint.name],
    ['URL', endpoint.url],
    ['State', stateText(endpoint)],
    ['Types', endpoint.eventTypes.join(' ') || 'none'],
    ['Policy', endpoint.policy.preset],
    ['Signed by', endpoint.signedBy],
    ['Failures in a row', String(endpoint.consecutiveFailures)],
    ['Created', ({ now }) => `${endpoint.createdAt} (${ago(endpoint.createdAt, now)})`],
    ...endpoint.headers.map(([name, value]) => [`  ${name}`, value] as const),
  ])
}
