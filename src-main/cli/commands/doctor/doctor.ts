import { Command } from 'commander'
import { checkData } from '#main/compose/doctor/check-data.ts'
import { checkKey } from '#main/compose/doctor/check-key.ts'
import { checkPorts, checkProxies } from '#main/compose/doctor/check-network.ts'
import { type Finding, ok, skipped } from '#main/compose/doctor/finding.ts'
import { readSettings } from '#main/compose/settings.ts'
import { relayOrigin } from '../../connection.ts'
import { type Context, openContext } from '../../context.ts'
import { EXIT } from '../../exit.ts'
import { withExamples } from '../../options/examples.ts'
import { wholeNumber } from '../../options/numbers.ts'
import { checkClock, relayClock } from './check-clock.ts'
import { checkReach } from './check-reach.ts'
import { checkRelay } from './check-relay.ts'
import { forEveryone, reportText } from './report.ts'

interface Options {
  reach?: true
  port: number
  capturePort: number
}

const EXAMPLES = [
  'hookloop doctor',
  'hookloop doctor --reach',
  'hookloop doctor --url https://relay.example --token env:RELAY_KEY --json',
]
const MORE = `Looks at this program, the data directory, the database, the key, the clock, proxies, ports and the relay, and changes
nothing. Exit codes: 0 nothing is wrong, 1 something is.`

export function doctorCommand(): Command {
  const doctor = new Command('doctor')
    .description('Look for what is wrong here, for you or for a bug report')
    .option('--reach', 'also whether the endpoints’ hosts take a connection from here')
    .option('--port <number>', 'that a relay would listen on', wholeNumber, 4780)
    .option('--capture-port <number>', 'that senders would reach', wholeNumber, 4781)
    .action(examine)
  return withExamples(doctor, EXAMPLES, MORE)
}

async function examine(options: Options, command: Command): Promise<void> {
  const context = openContext(command)
  const { terminal, version, show, endWith } = context
  const findings = (await findAll(context, options)).map(forEveryone)
  const report = {
    ok: findings.every(({ state }) => state !== 'wrong'),
    version,
    node: process.version,
    system: `${process.platform} ${process.arch}`,
    checkedAt: new Date(terminal.now()).toISOString(),
    findings,
  }
  show(report, reportText)
  if (!report.ok) endWith(EXIT.failed)
}

async function findAll({ connect, options: shared, terminal, version }: Context, options: Options): Promise<Finding[]> {
  const { env, now } = terminal
  const settings = readSettings(shared, env)
  const isElsewhere = shared.url !== undefined
  const here = isElsewhere ? [] : [...checkData(settings.dataDirectory), checkKey(settings), ...checkProxies(env)]
  const relay = await checkRelay(connect, version)
  const origin = relayOrigin(shared, env)
  const clock = checkClock(now(), relay.isThere && origin !== null ? await relayClock(origin) : null)
  const ports =
    relay.isThere || isElsewhere
      ? [ok('ports', `The relay has its own: ${origin ?? ''}.`)]
      : await checkPorts(
          '127.0.0.1',
          [options.port, options.capturePort].filter((port) => port !== 0),
        )
  const reach = options.reach ? await reachFindings(relay.isThere, connect) : []
  const program = ok('program', `Version ${version} on Node ${process.version.slice(1)}.`)
  return [program, ...here, clock, ...relay.findings, ...ports, ...reach]
}

async function reachFindings(isThere: boolean, connect: Context['connect']): Promise<Finding[]> {
  if (!isThere) return [skipped('reach', 'No relay tells which endpoints there are.')]
  const { items } = await connect().endpoints.list({})
  return items.length === 0 ? [skipped('reach', 'There are no endpoints.')] : checkReach(items)
}
