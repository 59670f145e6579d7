// `npm run test:links -- --events 10000`: a subscriber killed, a link cut and swallowed, a relay restarted; then the ledger.
import { parseArgs } from 'node:util'
import { type LongRun, NAMED_WITHIN_MS, runLinks } from './run.ts'

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '5' },
    cuts: { type: 'string', default: '3' },
    'black-holes': { type: 'string', default: '2' },
    restarts: { type: 'string', default: '1' },
  },
})
const [events, kills, cuts, blackHoles, restarts] = [
  values.events,
  values.kills,
  values.cuts,
  values['black-holes'],
  values.restarts,
].map((text) => {
  if (/^\d{1,7}$/.test(text)) return Number(text)
  throw new Error('Usage: npm run test:links -- --events 10000 --kills 5 --cuts 3 --black-holes 2 --restarts 1')
}) as [number, number, number, number, number]

const beganAt = performance.now()
const found = await runLinks({ events, kills, cuts, blackHoles, restarts, say: print })
for (const [name, value] of rowsOf(found)) print(`${name.padEnd(44)}${String(value).padStart(10)}`)
const wrong = { lost: found.lost, misordered: found.misordered, unexplained: found.unexplained, changed: found.changed }
for (const [name, list] of Object.entries(wrong)) for (const each of list.slice(0, 5)) print(`  ${name}: ${each}`)
print(`${((performance.now() - beganAt) / 1_000).toFixed(0)} s`)
process.exitCode = isClean(found) ? 0 : 1

function rowsOf({ namedAfterMs, sentAgain, attemptsAgain, ...rest }: LongRun): [string, string | number][] {
  return [
    ['captured by the relay', rest.captured],
    ['kept by the subscriber', rest.relayed],
    ['requests at the local server', rest.received],
    ['of them repeats', rest.repeated],
    ...Object.entries(sentAgain).map(([cause, count]): [string, number] => [
      `sent again by the relay: ${cause}`,
      count,
    ]),
    ...Object.entries(attemptsAgain).map(([outcome, count]): [string, number] => [`tried again: ${outcome}`, count]),
    ...namedAfterMs.flatMap(({ machine, relay }, index): [string, string][] => [
      [`black hole ${index + 1} named by the machine after`, `${machine} ms`],
      [`black hole ${index + 1} named by the relay after`, `${relay} ms`],
    ]),
    ['databases', rest.integrity],
    ['exit code of the subscriber', rest.exitCode ?? 'none'],
    ['lost', rest.lost.length],
    ['out of order', rest.misordered.length],
    ['repeats without a cause', rest.unexplained.length],
    ['changed bodies', rest.changed.length],
  ]
}

function isClean({ lost, misordered, unexplained, changed, integrity, namedAfterMs, exitCode }: LongRun): boolean {
  const isNamed = namedAfterMs.every(({ machine, relay }) => Math.max(machine, relay) <= NAMED_WITHIN_MS)
  const isWhole = [lost, misordered, unexplained, changed].every((list) => list.length === 0)
  return isNamed && isWhole && integrity === 'ok' && exitCode === 0
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
