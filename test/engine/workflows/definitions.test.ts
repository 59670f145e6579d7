import { describe, expect, it } from 'vitest'
import { variesInHost } from '#main/engine/workflows/definition/variables.ts'
import { createWorkflowRig, targets } from './workflow-rig.ts'

const bodyOf = ({ body }: { body: Uint8Array }) => JSON.parse(new TextDecoder().decode(body)) as unknown

describe('a definition of a workflow', () => {
  it.each([
    ['targets.0.url', { targets: [{ url: 'ftp://files.test/' }] }],
    ['targets.0.url', { targets: [{ url: 'http://user:word@a.test/' }] }],
    ['targets.1.url', { targets: targets('aa') }],
    ['targets.0.endpointId', { targets: [{ endpointId: 'end_01JD8Z5K3WQ7M0X2T9B4C6E8FA' }] }],
    ['targets.0.url', { targets: [{ url: 'http://{variable.host}/' }] }],
    ['events.0.data', { events: [{ type: 'a', data: { note: '{variable.note}' } }] }],
    ['events.0.data', { events: [{ type: 'a' }] }],
    ['events.0.type', { events: [{ type: 'audit.unheard', provider: 'crawlux' }] }],
    ['provider', { events: [{ type: 'a', provider: 'nobody' }] }],
    ['options.policy', { options: { policy: 'hasty' } }],
    ['schedule.cron', { schedule: { cron: '61 * * * *' } }],
    ['schedule.cron', { schedule: { cron: '0 0 * * * *' } }],
    ['schedule.cron', { schedule: { cron: '0 0 30 2 *' } }],
    ['schedule.timeZone', { schedule: { cron: '0 0 * * *', timeZone: 'Mars/Olympus' } }],
    ['schedule.tags', { schedule: { cron: '0 0 * * *', tags: ['eu'] } }],
    ['gate.endpointId', { gate: { endpointId: 'end_01JD8Z5K3WQ7M0X2T9B4C6E8FA' } }],
  ] as const)('CRL-2 is refused at %s', async (field, change) => {
    const rig = await createWorkflowRig()
    const defining = rig.define(change as unknown as Parameters<typeof rig.define>[0])
    await expect(defining).rejects.toMatchObject({ field, hint: expect.any(String) })
    expect(rig.workflows.list(rig.project.id)).toEqual([])
  })

  it.each([
    ['http://{variable.host}/', true],
    ['{variable.scheme}://good.example/hook', true],
    ['http:///{variable.host}/hook', true],
    ['https://good.example/{variable.path}', false],
    ['https://good.example?q={variable.path}', false],
  ])('CRL-1 knows whether a variable decides whither %s goes: %s', (url, isDecided) => {
    expect(variesInHost(url)).toBe(isDecided)
  })

  it('CRL-2 is the whole of it each time, under the same id, and other projects have their own', async () => {
    const rig = await createWorkflowRig()
    const first = await rig.define({ description: 'Before', variables: { a: '1' } })
    const second = await rig.define({ targets: targets('b') })
    expect(second).toMatchObject({ id: first.id, definition: { description: '', variables: {} } })
    const other = await rig.engine.projects.create({ name: 'Other', slug: 'other' })
    expect(() => rig.workflows.get(other.id, 'smoke')).toThrow('There is no workflow “smoke”')
    await expect(rig.workflows.put(other.id, 'Not A Name', second.definition)).rejects.toMatchObject({ field: 'name' })
    expect(rig.workflows.get(rig.project.id, first.id)).toEqual(second)
    await rig.workflows.delete(rig.project.id, 'smoke')
    expect(rig.workflows.list(rig.project.id)).toEqual([])
  })

  it('CRL-2 fills variables into addresses and data, once, from the run or else its own', async () => {
    const rig = await createWorkflowRig()
    await rig.define({
      targets: [{ url: 'http://{variable.host}/hooks?build={variable.build}' }],
      events: [{ type: 'deployed', data: { by: ['{variable.who}'], note: 'at {variable.host}' } }],
      variables: { host: 'staging.test', build: '0', who: 'nobody' },
    })
    await rig.start({ variables: { build: '42', who: '{variable.build}' } })
    await rig.settle()
    expect(rig.sent[0]!.url).toBe('http://staging.test/hooks?build=42')
    expect(bodyOf(rig.sent[0]!)).toEqual({ by: ['{variable.build}'], note: 'at staging.test' })

    const refused = (variables: Record<string, string>, field: string) =>
      expect(rig.start({ variables })).rejects.toMatchObject({ field })
    await refused({ branch: 'x' }, 'variables.branch')
    await refused({ host: 'a b' }, 'variables')
    await refused({ host: '169.254.169.254' }, 'variables')
    expect(await rig.runs()).toHaveLength(1)
  })

  it('CRL-2 lets a run choose targets by tags that are there', async () => {
    const rig = await createWorkflowRig()
    await rig.define({ targets: [...targets('ab', ['eu']), ...targets('c', ['eu', 'us']), ...targets('d')] })
    await rig.start({ tags: ['us'] })
    await rig.settle()
    expect(rig.hosts()).toEqual(['c'])
    await expect(rig.start({ tags: ['asia'] })).rejects.toMatchObject({ field: 'tags', hint: 'Its tags are eu, us.' })
    const callbackEndpointId = 'end_01JD8Z5K3WQ7M0X2T9B4C6E8FA'
    await expect(rig.start({ callbackEndpointId })).rejects.toMatchObject({ field: 'callbackEndpointId' })
  })

  it('CRL-2 CRL-4 sends samples of the catalog as their provider writes them', async () => {
    const rig = await createWorkflowRig()
    await rig.define({
      events: [
        { type: 'batch_run.state', provider: 'crawlens' },
        { type: 'insight.created', provider: 'crawlens' },
        { type: 'crawl_status', provider: 'lumar' },
      ],
    })
    await rig.start()
    await rig.settle()
    expect(bodyOf(rig.sent[0]!)).toMatchObject({ batch_run_id: expect.any(String), progress_percentage: 37.5 })
    expect(bodyOf(rig.sent[1]!)).toMatchObject({ type: 'insight.created', confidence: 0.92 })
    expect(new TextDecoder().decode(rig.sent[2]!.body)).toContain('crawl_id=')
  })
})
