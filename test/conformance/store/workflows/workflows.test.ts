import { expect, it } from 'vitest'
import type { Workflow } from '#shared/model/workflows/workflow.ts'
import { onEveryStore } from '../implementations.ts'
import { ids, newDelivery, newEvent, NOW } from '../records.ts'
import type { World } from '../world.ts'
import { newRun, newStep, newWorkflow } from './workflow-records.ts'

const BODY = new TextEncoder().encode('{"total":42}')

async function addWorkflow({ store, project }: World, change: Partial<Workflow> = {}): Promise<Workflow> {
  const workflow = newWorkflow(project.id, change)
  await store.workflows.put(workflow)
  return workflow
}

/** A stored run of one event to each of two addresses and an endpoint. */
async function addRun(world: World, workflow: Workflow) {
  const endpoint = await world.addEndpoint()
  const event = newEvent(world.project.id, BODY)
  const run = newRun(workflow, { total: 3 })
  const steps = [
    newStep(event),
    newStep(event, { unit: 1, url: 'http://127.0.0.1:2/' }),
    newStep(event, { unit: 2, endpointId: endpoint.id, policy: null }),
  ]
  await world.store.workflows.createRun({ run, steps, events: [{ event, body: BODY }], seenToAt: null })
  return { run, steps, event, endpoint }
}

onEveryStore('Workflows', (open) => {
  it('CRL-2 are listed oldest first, replaced as a whole, and gone with their runs when deleted', async () => {
    const world = await open()
    const { workflows } = world.store
    const skipped = { at: NOW - 5, count: 3, reason: 'not_running' as const, detail: null }
    const first = await addWorkflow(world, { skipped })
    const second = await addWorkflow(world)
    expect(await workflows.list()).toEqual([first, second])

    const changed = { ...first, definition: second.definition, skipped: null, seenToAt: NOW - 60, updatedAt: NOW + 5 }
    await workflows.put(changed)
    expect(await workflows.list(), 'what was seen to only grows').toEqual([{ ...changed, seenToAt: NOW }, second])
    await workflows.seeTo({ workflowId: first.id, seenToAt: NOW + 60, skipped })
    expect((await workflows.list())[0]).toEqual({ ...changed, seenToAt: NOW + 60, skipped })

    const { run, event } = await addRun(world, first)
    await addRun(world, second)
    expect(await workflows.delete(first.id)).toBe(1)
    expect(await workflows.list()).toEqual([second])
    expect(await workflows.run(run.id)).toBeNull()
    expect(await workflows.openRuns()).toHaveLength(1)
    expect(await world.store.events.get(event.id), 'its events stay').not.toBeNull()
  })

  it('CRL-2 keep a run, its waiting steps and its events in one step, and what schedule it sees to', async () => {
    const world = await open()
    const workflow = await addWorkflow(world)
    const { run, steps, event } = await addRun(world, workflow)
    expect(await world.store.workflows.run(run.id)).toEqual({ run, steps })
    expect(await world.store.events.body(event.id)).toEqual(BODY)
    expect(await world.store.deliveries.lanes()).toEqual([])
    const next = newRun(workflow, { startedAt: NOW + 1 })
    await world.store.workflows.createRun({ run: next, steps: [], events: [], seenToAt: NOW + 60 })
    expect((await world.store.workflows.list())[0]?.seenToAt).toBe(NOW + 60)
    expect(await world.store.workflows.run(ids.next('run'))).toBeNull()
  })

  it('CRL-2 ENG-10 begin steps together with their deliveries, as their endpoints allow', async () => {
    const world = await open()
    const { run, steps, event, endpoint } = await addRun(world, await addWorkflow(world))
    const deleted = await world.addEndpoint()
    await world.store.endpoints.delete({ endpointId: deleted.id, now: NOW })
    const sender = { id: ids.next('snd'), provider: 'none', policy: 'once' }
    const wanted = [
      newDelivery(event, { targetUrl: steps[0]!.url, sender }),
      newDelivery(event, { endpointId: endpoint.id }),
      newDelivery(event, { endpointId: deleted.id }),
    ]
    const begun = steps.slice(0, 2).map((step, index) => ({
      ...step,
      outcome: 'sending' as const,
      deliveryId: wanted[index]!.id,
      startedAt: NOW + 1,
    }))
    const advance = { run, steps: begun, deliveries: wanted, finished: null }
    const stored = await world.store.workflows.advanceRun(advance)
    expect(stored).toEqual({ deliveries: wanted.slice(0, 2), finishedDeliveries: [] })
    expect(await world.delivery(wanted[0]!.id)).toEqual(wanted[0])
    expect(await world.store.senders.get(sender.id)).toMatchObject({ ...sender, sealed: null })
    expect((await world.store.workflows.run(run.id))!.steps).toEqual([...begun, steps[2]])
    await expect(world.store.workflows.advanceRun(advance), 'nothing is sent twice').rejects.toThrow()
    await world.store.workflows.delete(run.workflowId)
    const late = newDelivery(event, { targetUrl: 'http://127.0.0.1:3/' })
    expect(await world.store.workflows.advanceRun({ ...advance, deliveries: [late] })).toBeNull()
    expect(await world.store.deliveries.get(late.id)).toBeNull()
  })

  it('CRL-2 end in one step with the event that tells of it', async () => {
    const world = await open()
    const { run, endpoint } = await addRun(world, await addWorkflow(world))
    const ended = {
      ...run,
      status: 'partial_failure',
      stop: 'canceled',
      completed: 1,
      failed: 2,
      finishedAt: NOW + 9,
    } as const
    const event = newEvent(world.project.id, BODY, { type: 'workflow.finished' })
    const deliveries = [newDelivery(event, { endpointId: endpoint.id })]
    const finished = { event, body: BODY, deliveries, idempotency: null }
    const stored = await world.store.workflows.advanceRun({ run: ended, steps: [], deliveries: [], finished })
    expect(stored?.finishedDeliveries).toEqual(deliveries)
    expect((await world.store.workflows.run(run.id))!.run).toEqual(ended)
    expect(await world.store.workflows.openRuns()).toEqual([])
    expect(await world.store.events.get(event.id)).not.toBeNull()
  })

  it('CRL-2 list their runs newest first, page by page, and the latest of each', async () => {
    const world = await open()
    const { workflows } = world.store
    const [one, other, idle] = [await addWorkflow(world), await addWorkflow(world), await addWorkflow(world)]
    const runs = [0, 1, 1, 2].map((at) => newRun(one, { startedAt: NOW + at }))
    for (const run of runs) await workflows.createRun({ run, steps: [], events: [], seenToAt: null })
    const { run: theirs } = await addRun(world, other)
    const first = await workflows.runs({ workflowId: one.id, limit: 3, cursor: null })
    const second = await workflows.runs({ workflowId: one.id, limit: 3, cursor: first.nextCursor })
    expect([...first.items, ...second.items]).toEqual(runs.toReversed())
    expect(second.nextCursor).toBeNull()
    expect((await workflows.runs({ workflowId: idle.id, limit: 3, cursor: null })).items).toEqual([])
    const latest = await workflows.latestRuns(world.project.id)
    expect(new Set(latest.map(({ id }) => id))).toEqual(new Set([runs[3]!.id, theirs.id]))
    expect(await workflows.latestRuns((await world.addProject()).id)).toEqual([])
  })

  it('DA09 CRL-2 are gone at once with an abandoned project, and no other’s', async () => {
    const world = await open()
    const { workflows, retention } = world.store
    const { run } = await addRun(world, await addWorkflow(world))
    const kept = newWorkflow((await world.addProject()).id)
    await workflows.put(kept)
    await retention.abandon({ projectId: world.project.id, now: NOW })
    expect(await workflows.list()).toEqual([kept])
    expect(await workflows.run(run.id)).toBeNull()
  })
})
