import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '#test/architecture/source-tree.ts'
import { type CliRig, startCliRig } from './cli-rig.ts'

let rig: CliRig
beforeAll(async () => {
  rig = await startCliRig()
})
afterAll(() => rig.stop())

const size = { columns: 100, rows: 30 }
const env = { CRM_KEY: 'crm-key-canary' }

function file(name: string, yaml: string): string {
  const path = join(rig.home, name)
  writeFileSync(path, yaml)
  return path
}

const crm = () => `# The team's own.
sources:
  shop:
    answer: { script: ["500", 200] }
endpoints:
  CRM:
    url: ${rig.receiver.url}/{secret.key}
    eventTypes: [crm.*]
    policy: &once once
    secrets:
      key: { env: CRM_KEY }
  Other: { url: "${rig.receiver.url}/other", policy: *once }
`

describe('configuration as code by the command line', () => {
  it('REL-5 REL-3 plans with its own exit code, applies, delivers by it at once, and has nothing to do again', async () => {
    const path = file('crm.yaml', crm())
    const planned = await rig.run(['apply', '-f', path, '--dry-run'], { env })
    expect(planned).toMatchObject({ code: 6, stderr: '' })
    expect(planned.stdout).toMatch(
      /^\+ source shop\n {4}answer +\{[^]*\+ endpoint CRM\n[^]* secrets\.key +\{"env":"CRM_KEY"\}/,
    )
    expect(planned.stdout).toContain('3 to create, 0 to change, 0 to remove. Nothing was changed yet.')
    const applied = await rig.run(['apply', '-f', path], { env })
    expect(applied).toMatchObject({ code: 0, stdout: 'Applied: 3 created, 0 changed, 0 removed.\n' })
    expect(applied.stderr).toContain('+ endpoint CRM')
    for (const more of [['--dry-run'], []]) {
      const again = await rig.run(['apply', '-f', path, ...more], { env })
      expect(again).toMatchObject({ code: 0, stdout: 'Nothing to change: it is so already.\n' })
    }
    await rig.json('events', 'send', '--type', 'crm.first', '--data', '1')
    expect((await rig.receiver.waitFor(1)).at(-1)).toMatchObject({ target: '/crm-key-canary' })
    const rotated = await rig.run(['apply', '-f', '-'], { env: { CRM_KEY: 'next-canary' }, stdin: crm() })
    expect(rotated.stderr).toMatch(/^~ endpoint CRM\n {4}secrets\.key +stored → \{"env":"CRM_KEY"\}\n/)
    await rig.json('events', 'send', '--type', 'crm.second', '--data', '2')
    expect((await rig.receiver.waitFor(2)).at(-1)).toMatchObject({ target: '/next-canary' })
    for (const { stdout, stderr } of [planned, applied, rotated]) expect(stdout + stderr).not.toContain('canary')
  })

  it('REL-5 REL-3 exports what apply takes back, with comments that say how', async () => {
    await rig.run(['apply', '-f', file('crm.yaml', crm())], { env })
    const printed = await rig.run(['export', '--config'])
    expect(printed.stdout).toMatch(/^# The configuration of a project[^]*\n {4}secrets:\n {6}key: \{ keep: true \}\n/)
    const path = join(rig.home, 'exported.yaml')
    const written = await rig.run(['export', '--config', path])
    expect(written).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/exported\.yaml: 2 sources, 2 endpoints\.\n$/) as string,
    })
    expect(readFileSync(path, 'utf8')).toBe(printed.stdout)
    const again = await rig.run(['apply', '-f', path, '--prune'])
    expect(again).toMatchObject({ code: 0, stdout: 'Nothing to change: it is so already.\n' })
    expect((await rig.run(['export'])).code).toBe(2)
    expect((await rig.run(['export', '--config', '--project', 'nowhere'])).code).toBe(4)
  })

  it('REL-5 REL-3 tells all that is wrong with a file, each with its line', async () => {
    const path = file(
      'wrong.yaml',
      `sources:\n  shop:\n    anwser: {}\nendpoints:\n  CRM:\n    url: ftp://example.com\n    secrets:\n      key: { env: NOT_SET }\n    headers:\n      X-A: [1]\nalarms: {}\n`,
    )
    const { code, stdout, stderr } = await rig.run(['apply', '-f', path])
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
    const lines = stderr
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(path, 'wrong.yaml'))
    expect(lines).toEqual([
      'wrong.yaml:3: sources.shop.anwser: It is not a known field. Is answer meant?',
      expect.stringMatching(/^wrong\.yaml:10: endpoints\.CRM\.headers\.X-A: /) as string,
      'wrong.yaml:11: alarms: It is not a known field.',
      'Nothing was applied.',
    ])
    const told = await rig.run(['apply', '-f', path, '--json'])
    expect(told.code).toBe(4)
    expect(JSON.parse(told.stdout)).toMatchObject({ problems: [{ path: ['sources', 'shop', 'anwser'] }, {}, {}] })
    const broken = await rig.run(['apply', '-f', file('broken.yaml', 'sources:\n  a: {}\n  a: {}\n')])
    expect(broken).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/broken\.yaml:3: Map keys must be unique/) as string,
    })
    expect((await rig.run(['apply', '-f', join(rig.home, 'none.yaml')])).code).toBe(2)
  })

  it('REL-5 REL-3 removes what a file no longer names only with --prune, and asks at a terminal before', async () => {
    await rig.run(['apply', '-f', file('crm.yaml', crm())], { env })
    const path = file('fewer.yaml', `endpoints:\n  CRM: { url: "${rig.receiver.url}/crm" }\n`)
    expect((await rig.run(['apply', '-f', path])).stdout).toBe('Applied: 0 created, 1 changed, 0 removed.\n')
    const kept = await rig.run(['apply', '-f', path, '--prune'], { size, stdin: 'n\n' })
    expect(kept).toMatchObject({ code: 2, stdout: '' })
    expect(kept.stderr).toContain(
      'Remove endpoint “Other” and cancel the deliveries that wait for removed endpoints? [y/N]',
    )
    const removed = await rig.run(['apply', '-f', path, '--prune', '--yes'], { size })
    expect(removed).toMatchObject({ code: 0, stdout: 'Applied: 0 created, 0 changed, 1 removed.\n' })
  })

  it('REL-5 ENG-6b pauses an endpoint that a file turns off, releases it with the file, and leaves a pause by hand alone', async () => {
    const yaml = (enabled: string) => `endpoints:
  Switched: { url: "${rig.receiver.url}/switched", eventTypes: [switched.*], policy: once${enabled} }
`
    await rig.run(['apply', '-f', '-'], { stdin: yaml(', enabled: false') })
    const sent = await rig.json<{ id: string }>('events', 'send', '--type', 'switched.on', '--data', '1')
    const { items } = await rig.json<{ items: { id: string; state: string }[] }>('deliveries', '--event', sent.id)
    expect(items).toMatchObject([{ state: 'held' }])
    const silent = await rig.run(['apply', '-f', '-'], { stdin: yaml('') })
    expect(silent.stdout).toContain('Nothing to change')
    const released = await rig.run(['apply', '-f', '-'], { stdin: yaml(', enabled: true') })
    expect(released.stderr).toMatch(/^~ endpoint Switched\n {4}enabled +false → true\n/)
    await rig.untilDelivery(items[0]!.id, ({ state }) => state === 'succeeded')
  })

  it('REL-5 applies the example of the page', async () => {
    const page = readFileSync(join(ROOT, 'docs/configuration.md'), 'utf8')
    const [example = ''] = [...page.matchAll(/```yaml\n([^]*?)```/g)].map(([, yaml]) => yaml)
    const given = {
      STRIPE_SECRET: 'whsec_example',
      CRM_TOKEN: 'token',
      CRM_SIGNING_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    }
    expect(await rig.run(['apply', '-f', '-'], { env: given, stdin: example })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Applied: \d/) as string,
    })
    expect((await rig.run(['apply', '-f', '-', '--dry-run'], { env: given, stdin: example })).code).toBe(0)
  })
})
