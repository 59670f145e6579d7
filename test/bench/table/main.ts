// `npm run bench`: all that has a reach, one after the other; `-- table deliveries pages` measures those rows alone.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { argv } from 'node:process'
import { table } from '#main/cli/text/table.ts'
import { print } from '../report.ts'
import { isReached, shownReach, type Cost, type Figure, type Measured } from './figure.ts'
import { plotOf } from './plot.ts'
import { ROWS } from './rows.ts'

const asked = argv.slice(3)
const unknown = asked.find((name) => !(name in ROWS))
if (unknown === undefined) await measureAll(asked.length > 0 ? asked : Object.keys(ROWS))
else {
  console.error(`“${unknown}” is no row of the table: ${Object.keys(ROWS).join(', ')}`)
  process.exitCode = 2
}

async function measureAll(names: readonly string[]): Promise<void> {
  const figures: Figure[] = []
  const costs: Cost[] = []
  const failed: string[] = []
  for (const name of names) {
    const startedAt = performance.now()
    const measured = await measureRow(name)
    console.error(`${name} · ${Math.round((performance.now() - startedAt) / 1_000)} s${measured ? '' : ' · FAILED'}`)
    if (!measured) failed.push(name)
    figures.push(...(measured?.figures ?? []))
    costs.push(...(measured?.costs ?? []))
  }
  const place = join(import.meta.dirname, '..')
  const machine = { node: process.version, cores: availableParallelism(), at: new Date().toISOString() }
  await writeFile(join(place, 'results.json'), `${JSON.stringify({ ...machine, figures, costs, failed }, null, 2)}\n`)
  if (costs.length > 0) await writeFile(join(place, 'results.svg'), plotOf(costs))
  console.log(`${machine.cores} cores, Node ${machine.node}\n`)
  print(
    table(
      figures,
      [
        { title: 'MEASURE', value: ({ name }) => name },
        { title: 'AGAINST', value: ({ against }) => against, shrinks: true },
        { title: 'RESULT', value: ({ result }) => result },
        { title: 'REACH', value: shownReach, right: true },
        { title: '', value: (figure) => (isReached(figure) ? 'reached' : 'MISSED') },
      ],
      'Nothing was measured.',
    ),
  )
  if (failed.length > 0) console.log(`\nNot measured, because they failed: ${failed.join(', ')}`)
  process.exitCode = failed.length === 0 && figures.every(isReached) ? 0 : 1
}

/** Null where its process ended without an answer; what it had to say of that stands on stderr. */
async function measureRow(name: string): Promise<Measured | null> {
  const child = fork(join(import.meta.dirname, 'row-process.ts'), [name], { execArgv: ['--expose-gc'] })
  const exited = once(child, 'exit').then(() => null)
  const answered = once(child, 'message').then(([measured]) => measured as Measured)
  const measured = await Promise.race([answered, exited])
  await exited
  return measured
}
