import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const PROGRAM = fileURLToPath(new URL('../../src-main/compose/process/helper-threads.ts', import.meta.url))

/** Prints the name and the niceness of each thread once V8's own have stepped back. */
const SCRIPT = `
  import { readdirSync, readFileSync } from 'node:fs'
  import { letHelpersStepBack } from ${JSON.stringify(PROGRAM)}
  letHelpersStepBack()
  const threads = readdirSync('/proc/self/task').map((thread) => {
    const stat = readFileSync('/proc/self/task/' + thread + '/stat', 'utf8')
    const [name] = /(?<=\\().*(?=\\))/s.exec(stat)
    return [name, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])]
  })
  console.log(JSON.stringify(threads))`

it.runIf(process.platform === 'linux')(
  'DL31 lets the threads of V8 step back, and no other: they need the priorities of Linux',
  () => {
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', SCRIPT], { encoding: 'utf8' })
    const threads = JSON.parse(said) as [name: string, niceness: number][]
    const own = threads.find(([name]) => name !== 'V8Worker')?.[1] ?? 0
    const helpers = threads.filter(([name]) => name === 'V8Worker')
    expect(helpers.length).toBeGreaterThan(0)
    for (const [, niceness] of helpers) expect(niceness).toBe(10)
    for (const [name, niceness] of threads.filter(([name]) => name !== 'V8Worker')) expect(niceness, name).toBe(own)
  },
)
