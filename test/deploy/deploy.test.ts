import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createProgram } from '#main/cli/program.ts'
import { type FieldName, FLAGS, variableOf } from '#main/compose/configuration/fields.ts'
import { readConfiguration } from '#main/compose/configuration/read-configuration.ts'
import { readSettingsFile } from '#main/compose/configuration/read-file.ts'
import { ROOT } from '#test/architecture/source-tree.ts'
import { createFakeTerminal } from '#test/cli/fake-terminal.ts'
import { readDockerfile } from './dockerfile.ts'
import { stepsOf } from './page.ts'

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const VARIABLES = new Set((Object.keys(FLAGS) as FieldName[]).map(variableOf))

describe('what a relay is deployed with', () => {
  it('REL-1 is an image that runs as nobody in particular, with one volume and a health check', () => {
    const stages = readDockerfile(read('Dockerfile'))
    const last = stages.at(-1)!.instructions
    const of = (word: string) => last.filter((each) => each.word === word).map(({ text }) => text)
    expect(of('USER')).toEqual(['node'])
    expect(of('VOLUME')).toEqual(['/data'])
    expect(of('HEALTHCHECK')[0]).toContain('/healthz')
    for (const setting of of('ENV')) expect(VARIABLES).toContain(setting.split('=')[0])
    for (const [, path] of read('Dockerfile').matchAll(/^COPY --from=build \/app\/(src-main\S+)/gm)) {
      expect(existsSync(join(ROOT, path!)), path).toBe(true)
    }
  })

  it('REL-1 is a compose file and a service whose settings are known and valid', () => {
    const { services } = parse(read('packaging/relay/compose.yaml')) as {
      services: { relay: { environment: Record<string, string>; read_only: boolean; ports?: unknown } }
    }
    const { relay } = services
    for (const name of Object.keys(relay.environment)) expect(VARIABLES).toContain(name)
    expect(relay).toMatchObject({ read_only: true })
    expect(relay.ports).toBeUndefined()
    const env = Object.fromEntries(
      Object.entries(relay.environment).map(([name, value]) => [name, value.replaceAll(/\$\{[^}]*\}/g, 'a.example')]),
    )
    const inside = { ...env, HOOKLOOP_HOST: '0.0.0.0' }
    expect(readConfiguration({ flags: {}, env: inside, file: null })).toMatchObject({ mode: 'team' })
    const file = readSettingsFile(join(ROOT, 'packaging/relay/hookloop.yaml'))
    expect(readConfiguration({ flags: {}, env: {}, file })).toMatchObject({ mode: 'team', host: '127.0.0.1' })
    const [, program = ''] =
      /^ExecStart=\S+ node \/opt\/hookloop\/(\S+)/m.exec(read('packaging/relay/hookloop.service')) ?? []
    expect(existsSync(join(ROOT, program)), program).toBe(true)
  })

  it('REL-1 is a page whose commands are there, with the options that it gives them', () => {
    const steps = stepsOf(read('docs/team-relay.md'))
    expect(new Set(steps.map(({ place }) => place))).toEqual(new Set(['run', 'laptop', 'sender', 'service']))
    const program = createProgram('', { terminal: createFakeTerminal(), isJson: false })
    const lines = steps.flatMap(({ commands }) => commands)
    const ours = lines.flatMap(
      (line) => /\bhookloop ((?:connect|keys|sources|doctor|backup)\b.*)$/.exec(line)?.[1] ?? [],
    )
    expect(ours.length).toBeGreaterThan(4)
    for (const line of ours) {
      const words = line.split(' ')
      let command = program
      while (command.commands.some((each) => each.name() === words[0])) {
        command = command.commands.find((each) => each.name() === words[0])!
        words.shift()
      }
      const known = command.options.map(({ long }) => long)
      for (const word of words.filter((each) => each.startsWith('--'))) expect(known, line).toContain(word)
    }
  })
})
