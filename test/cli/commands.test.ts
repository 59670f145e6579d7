import type { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProgram } from '#main/cli/program.ts'
import { type CliRig, startCliRig, VERSION } from './cli-rig.ts'
import { createFakeTerminal } from './fake-terminal.ts'
import { APPLYING_ROWS } from './rows/applying.ts'
import { ENDPOINT_ROWS, SOURCE_ROWS } from './rows/configuration.ts'
import { DATA_ROWS } from './rows/data.ts'
import { EVENT_ROWS } from './rows/events.ts'
import { REPLAY_ROWS } from './rows/replays.ts'
import type { Line, Row } from './rows/row.ts'
import { KEY_ROWS } from './rows/safety.ts'
import { SETUP_ROWS } from './rows/setup.ts'
import { SENDING_ROWS } from './rows/sending.ts'

const ROWS: readonly Row[] = [
  ...EVENT_ROWS,
  ...SOURCE_ROWS,
  ...ENDPOINT_ROWS,
  ...APPLYING_ROWS,
  ...SENDING_ROWS,
  ...REPLAY_ROWS,
  ...KEY_ROWS,
  ...DATA_ROWS,
  ...SETUP_ROWS,
]
/** Hosts of their own, which the bin starts, and what goes on until it is stopped: their tests are in files of their own. */
const ELSEWHERE = ['start', 'serve', 'listen', 'connect']

let rig: CliRig
beforeAll(async () => {
  rig = await startCliRig()
})
afterAll(() => rig.stop())

function run(line: Line, ...more: string[]) {
  const { args, stdin } = 'args' in line ? line : { args: line, stdin: undefined }
  return rig.run([...args, ...more], stdin === undefined ? {} : { stdin })
}

/** The words of every command that does something. */
function commandsOf(command: Command, words: readonly string[] = []): string[] {
  if (command.commands.length === 0) return [words.join(' ')]
  return command.commands.flatMap((child) => commandsOf(child, [...words, child.name()]))
}

describe('the table of commands', () => {
  it('REL-3 has a row for every command', () => {
    const program = createProgram(VERSION, { terminal: createFakeTerminal(), isJson: false })
    const expected = commandsOf(program).filter((command) => !ELSEWHERE.includes(command))
    expect(ROWS.map(({ command }) => command).toSorted()).toEqual(expected.toSorted())
  })
})

describe.each(ROWS.map((row) => [row.command, row] as const))('hookloop %s', (command, row) => {
  it('REL-3 helps, with examples of itself', async () => {
    const { code, stdout, stderr } = await rig.run([...command.split(' '), '--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^Usage: hookloop /)
    const examples = stdout.split('\nExamples:\n')[1] ?? ''
    const [group, action] = command.split(' ')
    const isNamed =
      examples.includes(`hookloop ${command}`) || (action === 'list' && examples.includes(`hookloop ${group}`))
    expect(isNamed, examples).toBe(true)
  })

  it('REL-3 tells a person', async () => {
    const { code, stdout } = await run(await row.works(rig))
    expect(stdout).toMatch(row.says)
    expect(code).toBe(0)
  })

  it('REL-3 tells a script, as JSON of its schema and nothing else', async () => {
    const { code, stdout, stderr } = await run(await row.works(rig), '--json')
    expect(row.json.safeParse(JSON.parse(stdout)).error?.issues ?? []).toEqual([])
    expect(code).toBe(0)
    expect(stderr.split('\n').filter((line) => line !== '' && !line.startsWith('run_'))).toEqual([])
  })

  it('REL-3 says why it failed, to a person and to a script, and exits by it', async () => {
    const [expected, line] = row.fails
    const told = await run(await line(rig))
    expect(told.code).toBe(expected)
    expect(told.stdout + told.stderr).not.toBe('')
    expect(told.stderr).not.toMatch(/^\s+at /m)
    const { code, stderr } = await run(await line(rig), '--json')
    expect(code).toBe(expected)
    // A finding, such as a signature that does not fit, is an answer; all else is an error.
    const said = JSON.parse(stderr || '{"error":{"code":"found"}}') as unknown
    expect(said).toMatchObject({ error: { code: expect.any(String) as string } })
  })

  it('REL-3 exits 2 where it is written wrongly', async () => {
    const { code, stderr, stdout } = await rig.run(row.misused)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).not.toBe('')
  })

  if (row.asksRelay === false) return
  it('REL-3 exits 3 where no relay answers', async () => {
    const line = await row.works(rig)
    const nowhere = { HOOKLOOP_DATA: `${rig.home}/nowhere` }
    const { args, stdin = '' } = 'args' in line ? line : { args: line }
    const { code, stderr } = await rig.run(args, { stdin, env: nowhere })
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('hookloop serve') as string })
  })
})
