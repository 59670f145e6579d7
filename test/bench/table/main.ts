// `npm run bench`: all that has a reach, one after the other; `-- table deliveries pages` measures those rows alone.
import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { argv } from 'node:process'
import { print } from '../report.ts'
import { exitCodeOf, linesOf, tableOf, type RowResult } from './lines.ts'
import { plotOf } from './plot.ts'
import { ROWS } from './rows.ts'
import { runRow } from './run-row.ts'

const asked = argv.slice(3)
const unknown = asked.find((name) => !(name in ROWS))
if (unknown === undefined) await measureAll(asked.length > 0 ? asked : Object.keys(ROWS))
else {
  console.error(`“${unknown}” is no row of the table: ${Object.keys(ROWS).join(', ')}`)
  process.exitCode = 2
}

async function measureAll(rows: readonly string[]): Promise<void> {
  const results: RowResult[] = []
  for (const row of rows) {
    const startedAt = performance.now()
    const outcome = await runRow(row)
    const seconds = Math.round((performance.now() - startedAt) / 1_000)
    results.push({ row, seconds, outcome })
    console.error(`${row} · ${seconds} s${typeof outcome === 'string' ? ` · FAILED: ${outcome}` : ''}`)
    // Kept as far as it is: what comes after a row may be interrupted.
    await keep(results)
  }
  const lines = results.flatMap(linesOf)
  console.log(`${availableParallelism()} cores, Node ${process.version}\n`)
  print(tableOf(lines))
  process.exitCode = exitCodeOf(lines)
}

async function keep(results: readonly RowResult[]): Promise<void> {
  const place = join(import.meta.dirname, '..')
  const machine = { node: process.version, cores: availableParallelism(), at: new Date().toISOString() }
  const written = { ...machine, lines: results.flatMap(linesOf), rows: results }
  await writeFile(join(place, 'results.json'), `${JSON.stringify(written, null, 2)}\n`)
  const costs = results.flatMap(({ outcome }) => (typeof outcome === 'string' ? [] : (outcome.costs ?? [])))
  if (costs.length > 0) await writeFile(join(place, 'results.svg'), plotOf(costs))
}
