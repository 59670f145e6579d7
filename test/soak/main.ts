// `npm run test:soak -- --minutes 3`: random faults and kill -9 under load, then the ledger; exits 1 unless it balances.
import { parseArgs } from 'node:util'
import { isClean, runSoak, type SoakResult } from './soak.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '3' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
  },
})
const minutes = Number(values.minutes)
const seed = Number(values.seed)
if (!(minutes > 0) || !Number.isInteger(seed)) throw new Error('Usage: npm run test:soak -- --minutes 3 --seed 7')

print(`A soak of ${minutes} min with seed ${seed}.`)
const result = await runSoak({
  durationMs: minutes * 60_000,
  seed,
  killEveryMs: { least: 1_000, most: 20_000 },
  onKill: print,
})
for (const line of ledgerOf(result)) print(line)
process.exitCode = isClean(result) ? 0 : 1

function ledgerOf(found: SoakResult): string[] {
  const wrong = { lost: found.lost, phantom: found.phantom, unexpected: found.unexpected }
  const counts = Object.entries({ ...wrong, 'unexplained duplicates': found.unexplained })
  const rows: [string, string | number][] = [
    ['kills', found.kills],
    ['acknowledged', found.acknowledged],
    ['events', found.events],
    ['attempts', found.attempts],
    ['received', found.received],
    ...Object.entries(found.duplicates).map(([cause, count]): [string, number] => [`again: ${cause}`, count]),
    ['pending', found.pending],
    ['database', found.integrity],
    ...counts.map(([name, list]): [string, number] => [name, list.length]),
  ]
  const examples = counts.flatMap(([name, list]) => list.slice(0, 5).map((what) => `  ${name}: ${what}`))
  return [...rows.map(([name, value]) => `${name.padEnd(32)}${String(value).padStart(8)}`), ...examples]
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
