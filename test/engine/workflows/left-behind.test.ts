import { describe, expect, it, onTestFinished } from 'vitest'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import type { Store } from '#main/engine/ports.ts'
import { createFakeClock } from '#test/support/fake-clock.ts'
import { answered } from '../delivery/dispatch-rig.ts'
import { createWorkflowRig, targets } from './workflow-rig.ts'

const host = (url: string) => new URL(url).host.split('.')[0]

describe('a run that the program leaves behind', () => {
  it('CRL-2 ENG-10 goes on after a crash with the same ids, and sends again only what was in flight', async () => {
    const store = createMemoryStore()
    const clock = createFakeClock()
    const silence = Promise.withResolvers<ReturnType<typeof answered>>()
    const first = await createWorkflowRig({
      store: { ...store, close: async () => {} },
      clock,
      answer: ({ url }) => (host(url) === 'b' ? silence.promise : answered(200)),
    })
    onTestFinished(() => silence.resolve(answered(200)))
    await first.define({ targets: targets('abcd'), options: { concurrency: 1 } })
    const run = await first.start()
    await first.settle()
    expect(first.hosts()).toEqual(['a', 'b'])
    const left = await first.detail(run)
    expect(left.run).toMatchObject({ status: 'running', completed: 1 })

    // The first engine is left as it stands, as by a kill.
    const second = await createWorkflowRig({ store, clock })
    await second.settle()
    const { run: ended, steps } = await second.detail(run)
    expect(second.hosts()).toEqual(['b', 'c', 'd'])
    expect(ended).toMatchObject({ status: 'succeeded', completed: 4 })
    expect(steps[1]).toMatchObject({ deliveryId: left.steps[1]!.deliveryId, attempts: 2 })
    expect(second.sent[0]!.deliveryId).toBe(left.steps[1]!.deliveryId)
  })

  it.each([
    ['while the program was stopped', 60_000, 0, 'timed_out'],
    ['after the program was started again', 20_000, 39_999, null],
  ])('CRL-2 runs out of time %s: what waits is canceled and never sent', async (_when, stoppedMs, leftMs, stop) => {
    const store = { ...createMemoryStore(), close: async () => {} }
    const clock = createFakeClock()
    const parts = { store, clock, answer: () => answered(503) }
    const first = await createWorkflowRig(parts)
    const options = { concurrency: 1, policy: 'standard', timeoutMs: 60_000 }
    await first.define({ targets: targets('ab'), options })
    const run = await first.start()
    await first.settle()
    await first.stop()
    await clock.advance(stoppedMs)

    const second = await createWorkflowRig(parts)
    await clock.advance(leftMs)
    expect((await second.detail(run)).run.stop).toBe(stop)
    await clock.advance(1)
    const { run: ended, steps } = await second.detail(run)
    expect(ended).toMatchObject({ status: 'failed', stop: 'timed_out', completed: 0, failed: 2 })
    expect(steps.map(({ outcome }) => outcome)).toEqual(['timed_out', 'skipped'])
    expect(await second.delivery({ id: steps[0]!.deliveryId! })).toMatchObject({ state: 'canceled' })
    const sent = second.sent.length
    await clock.advance(86_400_000)
    expect(second.sent).toHaveLength(sent)
    expect(second.hosts()).not.toContain('b')
  })

  it('CRL-2 EN09 goes on once the store takes writes again', async () => {
    const store = createMemoryStore()
    let refusals = 2
    const failing: Store = {
      ...store,
      workflows: {
        ...store.workflows,
        advanceRun: async (step) => {
          if (refusals-- > 0) throw new Error('disk full')
          return store.workflows.advanceRun(step)
        },
      },
    }
    const rig = await createWorkflowRig({ store: failing })
    await rig.define({ targets: targets('ab') })
    const run = await rig.start()
    await rig.settle()
    expect(rig.sent).toHaveLength(0)
    await rig.clock.advance(3_000)
    expect((await rig.detail(run)).run.status).toBe('succeeded')
    expect(rig.hosts()).toEqual(['a', 'b'])
  })
})
