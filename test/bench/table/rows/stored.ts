// What a delivery costs with millions of attempts on record, beside one with none.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { connect } from '#main/cli/connection.ts'
import { startRelay, type RelayProcess } from '#test/support/relay-process.ts'
import { measureEngine, type EngineLoad } from '../../engine-run.ts'
import { withCopyOf } from '../../kept-data.ts'
import { startBenchReceiver, type BenchReceiver } from '../../receiver.ts'
import { percentile } from '../../report.ts'
import { attemptsData, historyEndpoint } from '../../stored/stored-data.ts'
import type { Measured } from '../figure.ts'
import { inScratchFolder } from '../scratch.ts'

const ATTEMPTS = Number(process.env['HOOKLOOP_BENCH_ATTEMPTS'] ?? 5_000_000)
const CONNECTIONS = 64
const WARM = 3_000
const EVENTS = 2_000
/** Taken in turns, so that what else this machine does falls on both. */
const ROUNDS = 9
const REACH = 0.9

export function measure(): Promise<Measured> {
  return withCopyOf(attemptsData(ATTEMPTS), (full) =>
    inScratchFolder(async (folder) => {
      const receiver = await startBenchReceiver()
      const relays = [await startRelay(join(folder, 'data')), await startRelay(full)] as const
      const [none, many] = relays.map((relay) => loadOf(relay, receiver)) as [EngineLoad, EngineLoad]
      const toHistory = { ...many, endpointId: await historyEndpoint(many.api, receiver.url) }
      for (const load of [none, toHistory]) await measureEngine({ ...load, events: WARM })
      const rounds: Round[] = []
      while (rounds.length < ROUNDS) {
        const without = (await measureEngine(none)).deliveriesPerSecond
        rounds.push({ without, withMany: (await measureEngine(toHistory)).deliveriesPerSecond })
      }
      for (const relay of relays) await relay.stop()
      await receiver.close()
      return measuredOf(rounds)
    }),
  )
}

function loadOf({ ready }: RelayProcess, receiver: BenchReceiver): EngineLoad {
  const body = Buffer.from(JSON.stringify(randomBytes(511).toString('hex')))
  const api = connect({ url: ready.window })
  return { api, receiver, captureUrl: ready.capture, body, connections: CONNECTIONS, events: EVENTS }
}

/** Deliveries a second of both, one after the other. */
interface Round {
  without: number
  withMany: number
}

/** The middle one of the rounds' ratios: in each, both met the same machine. */
function measuredOf(rounds: readonly Round[]): Measured {
  const middle = (of: (round: Round) => number) => percentile(rounds.map(of), 0.5)
  const value = middle(({ without, withMany }) => withMany / without)
  const [without, withMany] = [middle((each) => each.without), middle((each) => each.withMany)]
  const stored = `${ATTEMPTS.toLocaleString('en')} attempts stored`
  return {
    figures: [
      {
        name: `Deliveries a second with ${stored}`,
        against: 'with nothing stored',
        value,
        result: `${value.toFixed(2)}× (${Math.round(withMany)}/s of ${Math.round(without)}/s)`,
        reach: REACH,
        bound: 'least',
        unit: 'times',
      },
    ],
    costs: [
      { name: 'a delivery, by attempts', size: 0, ms: 1_000 / without },
      { name: 'a delivery, by attempts', size: ATTEMPTS, ms: 1_000 / withMany },
    ],
  }
}
