import { describe, expect, it } from 'vitest'
import { answered } from '../delivery/dispatch-rig.ts'
import { createWorkflowRig, definitionOf, targets } from './workflow-rig.ts'

const HOURLY = { cron: '0 * * * *', timeZone: 'UTC', missed: 'skip' as const, tags: [] }
const host = (url: string) => new URL(url).host.split('.')[0]

describe('a run of a workflow', () => {
  it('CRL-2 sends each event to each target, one after another for each, and succeeds when all did', async () => {
    const rig = await createWorkflowRig()
    await rig.define({
      targets: targets('abc'),
      events: [
        { type: 'order.paid', data: { total: 42 } },
        { type: 'audit.completed', provider: 'crawlux' },
      ],
      options: { concurrency: 2 },
    })
    const run = await rig.start()
    expect(run).toMatchObject({ status: 'running', completed: 0, failed: 0, total: 3, workflow: 'smoke' })
    await rig.settle()
    const { run: ended, steps } = await rig.detail(run)
    expect(ended).toMatchObject({
      status: 'succeeded',
      completed: 3,
      failed: 0,
      stop: null,
      finishedAt: rig.clock.now(),
    })
    expect(
      rig.sent.map(({ url, body }) => [host(url), JSON.parse(new TextDecoder().decode(body)).total ?? 'audit']),
    ).toEqual([
      ['a', 42],
      ['b', 42],
      ['a', 'audit'],
      ['b', 'audit'],
      ['c', 42],
      ['c', 'audit'],
    ])
    for (const step of steps) {
      expect(step).toMatchObject({ outcome: 'succeeded', attempts: 1, lastStatus: 200, startedAt: rig.clock.now() })
      const delivery = await rig.delivery({ id: step.deliveryId! })
      expect(delivery).toMatchObject({ state: 'succeeded', targetUrl: step.url, eventId: step.eventId })
    }
    const events = new Set(steps.map(({ eventId }) => eventId))
    expect(events.size, 'targets share an event').toBe(2)
  })

  it('CRL-2 goes on past a failed target and ends in partial failure; one that fails everywhere has failed', async () => {
    const rig = await createWorkflowRig({ answer: ({ url }) => answered(host(url) === 'b' ? 500 : 200) })
    await rig.define({ targets: targets('abc', ['all']), options: { concurrency: 1 } })
    const run = await rig.start()
    await rig.settle()
    const { run: ended, steps } = await rig.detail(run)
    expect(ended).toMatchObject({ status: 'partial_failure', completed: 2, failed: 1, total: 3 })
    expect(steps.map(({ outcome }) => outcome)).toEqual(['succeeded', 'failed', 'succeeded'])
    expect(steps[1]).toMatchObject({ lastStatus: 500, lastFailure: 'server_error', attempts: 1 })

    await rig.define({ targets: targets('b') })
    const again = await rig.start()
    await rig.settle()
    expect((await rig.detail(again)).run).toMatchObject({ status: 'failed', completed: 0, failed: 1 })
  })

  it('CRL-2 stops after the first failure where it is told to, and counts what it left out as failed', async () => {
    const rig = await createWorkflowRig({ answer: ({ url }) => answered(host(url) === 'b' ? 500 : 200) })
    const events = [
      { type: 'one', data: 1 },
      { type: 'two', data: 2 },
    ]
    await rig.define({ targets: targets('abcd'), events, options: { concurrency: 1, stopOnFirstFailure: true } })
    const run = await rig.start()
    await rig.settle()
    const { run: ended, steps } = await rig.detail(run)
    expect(rig.hosts()).toEqual(['a', 'a', 'b'])
    expect(ended).toMatchObject({ status: 'partial_failure', stop: 'first_failure', completed: 1, failed: 3, total: 4 })
    expect(steps.map(({ outcome }) => outcome).join(' ')).toBe(
      'succeeded succeeded failed skipped skipped skipped skipped skipped',
    )
  })

  it('CRL-2 waits for the retries of its policy, which the trace counts', async () => {
    const rig = await createWorkflowRig({ answer: (_request, index) => answered(index < 2 ? 503 : 200) })
    await rig.define({ options: { policy: 'apifycloud' } })
    const run = await rig.start()
    await rig.clock.advance(7_000)
    expect((await rig.detail(run)).steps[0]).toMatchObject({ outcome: 'sending', attempts: 2, lastStatus: 503 })
    expect((await rig.detail(run)).run).toMatchObject({ status: 'running', completed: 0 })
    await rig.clock.advance(30_000)
    const { run: ended, steps } = await rig.detail(run)
    expect(ended.status).toBe('succeeded')
    expect(steps[0]).toMatchObject({ outcome: 'succeeded', attempts: 3, lastStatus: 200 })
    expect(rig.sent).toHaveLength(3)
  })

  it('CRL-2 that takes too long cancels what waits and fails; what is left of it is never sent', async () => {
    const rig = await createWorkflowRig({ answer: ({ url }) => answered(host(url) === 'a' ? 200 : 503) })
    await rig.define({ targets: targets('abc'), options: { concurrency: 2, policy: 'standard', timeoutMs: 60_000 } })
    const run = await rig.start()
    await rig.clock.advance(59_999)
    expect((await rig.detail(run)).run).toMatchObject({ status: 'running', completed: 1 })
    await rig.clock.advance(1)
    const { run: ended, steps } = await rig.detail(run)
    expect(ended).toMatchObject({ status: 'partial_failure', stop: 'timed_out', completed: 1, failed: 2 })
    expect(steps.map(({ outcome }) => outcome)).toEqual(['succeeded', 'timed_out', 'timed_out'])
    const sent = rig.sent.length
    await rig.clock.advance(86_400_000)
    expect(rig.sent).toHaveLength(sent)
    expect(await rig.delivery({ id: steps[1]!.deliveryId! })).toMatchObject({ state: 'canceled' })
  })

  it('CRL-2 is canceled: what is being sent ends by itself and nothing is tried again', async () => {
    const { promise: later, resolve: answer } = Promise.withResolvers<void>()
    const rig = await createWorkflowRig({
      answer: async ({ url }) => {
        if (host(url) === 'a') await later
        return answered(503)
      },
    })
    await rig.define({ targets: targets('abc'), options: { concurrency: 2, policy: 'standard' } })
    const run = await rig.start()
    await rig.settle()
    const canceled = await rig.cancel(run)
    expect(canceled.run).toMatchObject({ status: 'running', stop: 'canceled' })
    expect(canceled.steps.map(({ outcome }) => outcome)).toEqual(['sending', 'canceled', 'skipped'])
    answer()
    await rig.settle()
    const { run: ended, steps } = await rig.detail(run)
    expect(ended).toMatchObject({ status: 'failed', stop: 'canceled', completed: 0, failed: 3 })
    expect(steps[0]).toMatchObject({ outcome: 'canceled', attempts: 1, lastStatus: 503 })
    await expect(rig.cancel(run)).rejects.toMatchObject({ code: 'run_over' })
    await rig.clock.advance(3_600_000)
    expect(rig.hosts()).toEqual(['a', 'b'])
  })

  it('CRL-2 goes to saved endpoints by their own policy and signature, and fails one that is gone or in test mode', async () => {
    const rig = await createWorkflowRig()
    const [signed, tested, gone] = [
      await rig.addEndpoint({ eventTypes: [] }),
      await rig.addEndpoint({ eventTypes: [], testMode: true }),
      await rig.addEndpoint({ eventTypes: [] }),
    ]
    await rig.define({ targets: [signed, tested, gone].map(({ id }) => ({ endpointId: id })) })
    await rig.engine.endpoints.delete(gone)
    const run = await rig.start()
    await rig.settle()
    const { run: ended, steps } = await rig.detail(run)
    expect(steps.map(({ outcome }) => outcome)).toEqual(['succeeded', 'simulated', 'failed'])
    expect(steps[2]).toMatchObject({ lastFailure: 'endpoint_removed' })
    expect(ended).toMatchObject({ status: 'partial_failure', completed: 1, failed: 2 })
    expect(rig.sent).toHaveLength(1)
    expect(rig.sent[0]!.headers.map(([name]) => name.toLowerCase())).toContain('webhook-signature')
  })

  it('CRL-2 waits for an endpoint that is paused, and sees its deliveries discarded', async () => {
    const rig = await createWorkflowRig()
    const endpoint = await rig.addEndpoint({ eventTypes: [] })
    await rig.engine.endpoints.pause(endpoint)
    await rig.define({ targets: [{ endpointId: endpoint.id }] })
    const run = await rig.start()
    await rig.settle()
    expect((await rig.detail(run)).steps[0]).toMatchObject({ outcome: 'sending' })
    await rig.engine.endpoints.resume(rig.engine.endpoints.resolve(rig.project.id, endpoint.id), 'discard')
    await rig.settle()
    expect((await rig.detail(run)).run).toMatchObject({ status: 'failed' })
    expect((await rig.detail(run)).steps[0]).toMatchObject({ outcome: 'canceled' })
  })

  it('CRL-2 tells its end as workflow.finished to endpoints that take it and to the callback of the run', async () => {
    const rig = await createWorkflowRig()
    await rig.addEndpoint({ url: 'http://all.test/', eventTypes: ['workflow.*'] })
    const callback = await rig.addEndpoint({ url: 'http://callback.test/', eventTypes: [] })
    await rig.define()
    const run = await rig.start({ callbackEndpointId: callback.id })
    await rig.settle()
    const told = rig.sent.slice(1)
    expect(told.map(({ url }) => url)).toEqual(['http://all.test/', 'http://callback.test/'])
    expect(JSON.parse(new TextDecoder().decode(told[1]!.body))).toEqual({
      type: 'workflow.finished',
      workflow: 'smoke',
      trigger: 'ci',
      started_at: new Date(run.startedAt).toISOString(),
      finished_at: new Date(rig.clock.now()).toISOString(),
      batch_run_id: run.id,
      status: 'succeeded',
      completed_urls: 1,
      failed_urls: 0,
      total_urls: 1,
      progress_percentage: 100,
    })
    const [one, two] = (await rig.listed({})).filter(({ eventType }) => eventType === 'workflow.finished')
    expect(one!.eventId).toBe(two!.eventId)
    expect((await rig.engine.events.get(rig.project.id, one!.eventId)).event.provider).toBe('crawlens')
  })

  it('CRL-2 tries the failed targets of an earlier run again, with its variables', async () => {
    let broken = true
    const rig = await createWorkflowRig({ answer: ({ url }) => answered(broken && url.includes('//b.') ? 500 : 200) })
    await rig.define({
      targets: [{ url: 'http://a.test/{variable.branch}' }, { url: 'http://b.test/{variable.branch}' }],
      variables: { branch: 'main' },
    })
    const first = await rig.start({ variables: { branch: 'next' } })
    await rig.settle()
    broken = false
    const second = await rig.start({ retryOf: first.id })
    await rig.settle()
    expect((await rig.detail(second)).run).toMatchObject({
      status: 'succeeded',
      total: 1,
      order: { retryOf: first.id },
    })
    expect(rig.sent.map(({ url }) => url)).toEqual(['http://a.test/next', 'http://b.test/next', 'http://b.test/next'])
    await expect(rig.start({ retryOf: second.id })).rejects.toMatchObject({ field: 'retryOf' })
  })

  it('DA09 CRL-2 ends with its project: nothing more of it is sent', async () => {
    const rig = await createWorkflowRig({ answer: () => answered(503) })
    const other = await rig.engine.projects.create({ name: 'Other', slug: 'other' })
    const definition = definitionOf({ targets: targets('ab'), options: { concurrency: 1, policy: 'apifycloud' } })
    await rig.workflows.put(other.id, 'theirs', { ...definition, schedule: { ...HOURLY } })
    const request = { trigger: 'ci' as const, tags: [], variables: {}, callbackEndpointId: null, retryOf: null }
    await rig.workflows.start(other.id, 'theirs', request, rig.actor)
    await rig.settle()
    expect(rig.hosts()).toEqual(['a'])
    await rig.engine.projects.delete(other, 'other')
    await rig.clock.advance(2 * 3_600_000)
    expect(rig.hosts()).toEqual(['a'])
    expect(await rig.store.workflows.openRuns()).toEqual([])
  })
})
