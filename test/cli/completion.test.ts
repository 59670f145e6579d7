import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { completionScript, SHELLS } from '#main/cli/commands/completion/shells.ts'
import { placesOf } from '#main/cli/commands/completion/words.ts'
import { createProgram } from '#main/cli/program.ts'
import { createFakeTerminal } from './fake-terminal.ts'

const places = placesOf(createProgram('9.9.9', { terminal: createFakeTerminal(), isJson: false }))
const has = (shell: string) => spawnSync(shell, ['--version']).status === 0

/** What bash offers where the last word is being written. */
function completeInBash(...lines: readonly string[][]): string[][] {
  const ask = lines.map((words) => {
    const quoted = words.map((word) => `'${word}'`).join(' ')
    return `COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; COMPREPLY=(); _hookloop; echo "\${COMPREPLY[*]}"`
  })
  const { status, stdout, stderr } = spawnSync('bash', ['--norc'], {
    input: [completionScript('bash', places), ...ask].join('\n'),
    encoding: 'utf8',
    cwd: import.meta.dirname,
  })
  if (status !== 0 || stderr !== '') throw new Error(stderr)
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ').filter((word) => word !== ''))
}

describe('completion', () => {
  it.runIf(has('bash'))('REL-3 offers in bash the commands, options, values and files that fit where one is', () => {
    const [commands, part, actions, options, values, files, shared] = completeInBash(
      ['hookloop', ''],
      ['hookloop', 'ev'],
      ['hookloop', 'endpoints', ''],
      ['hookloop', 'endpoints', 'create', '--t'],
      ['hookloop', 'endpoints', 'resume', 'end_1', '--held', ''],
      ['hookloop', 'trigger', 'github', 'push', '--data', 'completion.t'],
      ['hookloop', '--json', 'keys', 'cre'],
    )
    expect(commands).toEqual(expect.arrayContaining(['events', 'listen', 'serve', '--json', '--help']) as string[])
    expect(part).toEqual(['events'])
    expect(actions).toEqual(expect.arrayContaining(['list', 'create', 'delete']) as string[])
    expect(options).toEqual(['--types', '--transformation', '--test-mode', '--token'])
    expect(values).toEqual(['release', 'discard'])
    expect(files).toEqual(['completion.test.ts'])
    expect(shared).toEqual(['create'])
  })

  it.for(SHELLS)('REL-3 names every command in %s, in words that the shell can read', (shell) => {
    const script = completionScript(shell, places)
    for (const { path } of places) expect(script).toContain(path.join(' '))
    if (!has(shell)) return
    const { status, stderr } = spawnSync(shell, ['-n'], { input: script, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})
