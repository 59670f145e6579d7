import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ConfigurationError, readConfiguration } from '#main/compose/configuration/read-configuration.ts'
import { readSettingsFile } from '#main/compose/configuration/read-file.ts'
import { FLAGS, flagOf, variableOf, type FieldName } from '#main/compose/configuration/fields.ts'

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'hookloop-settings-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'hookloop.yaml')
  writeFileSync(path, text)
  return path
}

type Given = Partial<Omit<Parameters<typeof readConfiguration>[0], 'file'>> & { file?: string }

const read = ({ file, ...given }: Given) =>
  readConfiguration({ flags: {}, env: {}, ...given, file: file === undefined ? null : readSettingsFile(file) })

function problemsOf(given: Given): string[] {
  try {
    read(given)
  } catch (error) {
    if (error instanceof ConfigurationError)
      return error.message.split('\n').map((line) => line.replace(/^\/.*?(?=hookloop\.yaml)/, ''))
    throw error
  }
  throw new Error('it was taken')
}

describe('the settings of a relay', () => {
  it('REL-1 come from a file, variables and flags, the nearer ones counting more', () => {
    const file = fileWith(
      'port: 5000\ncapturePort: 5001\npublicUrl: https://Hooks.example.com/\ntrustedProxies: [10.0.0.0/8, "::1"]\n',
    )
    const env = { HOOKLOOP_PORT: '6000', HOOKLOOP_CAPTURE_PORT: '6001', HOOKLOOP_MODE: 'team', HOOKLOOP_DATA: '' }
    expect(read({ file, env, flags: { port: '7000' } })).toMatchObject({
      port: 7000,
      capturePort: 6001,
      publicUrl: 'https://hooks.example.com',
      trustedProxies: ['10.0.0.0/8', '::1'],
      mode: 'team',
      host: '127.0.0.1',
      tls: null,
    })
    expect(read({})).toMatchObject({ mode: 'local', port: 4780, allowedHosts: [] })
    expect(read({ flags: { host: '0.0.0.0', allowedHosts: 'a.example, b.example:81' } })).toMatchObject({
      mode: 'team',
      allowedHosts: ['a.example', 'b.example:81'],
    })
  })

  it('REL-1 are refused with every problem, each with its place', () => {
    const file = fileWith(
      'port: many\n# what follows is wrong, too\ncapture-port: 1\ncapturePort: 70000\nnonsense: 1\ntrustedProxies: [10.0.0.0/99]\n',
    )
    const env = { HOOKLOOP_PUBLIC_URL: 'hooks.example.com' }
    expect(problemsOf({ file, env, flags: { mode: 'crowd' } }).toSorted()).toEqual([
      '--mode must be local or team',
      'HOOKLOOP_PUBLIC_URL must be an http or https address without a path, such as https://hooks.example.com',
      'hookloop.yaml:1: port must be a whole number from 0 to 65535',
      'hookloop.yaml:3: capture-port is no setting: write capturePort',
      'hookloop.yaml:4: capturePort must be a whole number from 0 to 65535',
      'hookloop.yaml:5: nonsense is no setting',
      'hookloop.yaml:6: trustedProxies must be addresses or networks, such as 10.0.0.0/8, 192.168.1.7 or fd00::/8',
    ])
  })

  it('REL-1 say what does not fit together', () => {
    expect(problemsOf({ flags: { host: '0.0.0.0', mode: 'local', tlsCert: '/nowhere' } })).toEqual([
      'host 0.0.0.0 is reached from other machines: that is mode team, in which everybody needs a key',
      'publicUrl is missing: say under which address people reach 0.0.0.0, or nobody is answered',
      'tlsCert and tlsKey go together: give both or none',
    ])
    expect(problemsOf({ flags: { allowPrivate: '10.0.0.0/8' } })).toEqual([
      'allowPrivate means something in mode team only',
    ])
  })

  it.each([
    ['a list', '- port', /must hold settings/],
    ['broken YAML', 'port: [1', /hookloop\.yaml:1: /],
    ['many aliases', `a: &a [1]\nb: [${'*a,'.repeat(200)}]`, /hookloop\.yaml/],
  ])('SEC-4 refuse a file that is %s', (_, text, sentence) => {
    expect(problemsOf({ file: fileWith(text) }).join('\n')).toMatch(sentence)
  })

  it('REL-1 refuse a file that is not there, and name each flag and variable alike', () => {
    expect(problemsOf({ file: '/nowhere/hookloop.yaml' }).join()).toContain('hookloop.yaml: cannot be read')
    for (const name of Object.keys(FLAGS) as FieldName[]) {
      expect(flagOf(name).slice(2).replaceAll('-', '_').toUpperCase()).toBe(variableOf(name).replace('HOOKLOOP_', ''))
    }
  })
})
