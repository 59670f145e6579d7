import { expect, it } from 'vitest'
import type { Endpoint } from '#shared/model/endpoint.ts'
import { onEveryStore } from './implementations.ts'
import { ids, newAttempt, NOW } from './records.ts'
import type { World } from './world.ts'

const HOUR_MS = 3_600_000

onEveryStore('Operations', (open) => {
  let made = 0

  /** One attempt of an endpoint, of the version that it has now. */
  async function attemptAt(
    { store, addEvent, claim, conclude }: World,
    endpoint: Endpoint,
    change: { startedAt?: number; status?: number; build?: boolean } = {},
  ) {
    await addEvent({ to: [endpoint] })
    const [claimed] = await claim(endpoint.id)
    const { version } = (await store.endpoints.list()).find(({ id }) => id === endpoint.id)!
    const { status = 200, startedAt = NOW, build = false } = change
    const { response } = newAttempt(claimed!)
    const attempt = newAttempt(claimed!, {
      endpointVersionId: version.id,
      startedAt,
      finishedAt: NOW + ++made,
      outcome: status < 300 && !build ? 'succeeded' : 'failed',
      failure: build ? { code: 'url_invalid', phase: 'build', detail: '' } : null,
      response: build ? null : { ...response!, status },
    })
    await conclude(claimed!, {
      attempt,
      delivery: { state: attempt.outcome === 'succeeded' ? 'succeeded' : 'failed', dueAt: null },
    })
    return attempt
  }

  it('OPS-5 OPS-6 marks versions as tested and reviewed, and leaves others alone', async () => {
    const { store, addEndpoint } = await open()
    const endpoint = await addEndpoint()
    const second = { ...endpoint.version, id: ids.next('ver'), number: 2 }
    await store.endpoints.addVersion(second)
    expect(await store.operations.marks(endpoint.id)).toEqual([])
    await store.operations.noteTest({ versionId: endpoint.version.id, at: NOW, passed: false, actor: 'ana' })
    await store.operations.noteTest({ versionId: endpoint.version.id, at: NOW + 1, passed: true, actor: 'ben' })
    const test = { at: NOW + 1, passed: true, actor: 'ben' }
    expect(await store.operations.marks(endpoint.id)).toEqual([{ versionId: endpoint.version.id, test, review: null }])
    expect(await store.operations.noteReview({ endpointId: endpoint.id, at: NOW + 2, actor: 'ana' })).toBe(2)
    expect(await store.operations.noteReview({ endpointId: endpoint.id, at: NOW + 3, actor: 'ben' })).toBe(0)
    const review = { at: NOW + 2, actor: 'ana' }
    expect(await store.operations.marks(endpoint.id)).toEqual([
      { versionId: second.id, test: null, review },
      { versionId: endpoint.version.id, test, review },
    ])
    expect(await store.operations.marks((await addEndpoint()).id)).toEqual([])
  })

  it('OPS-1 OPS-6 lists the attempts of an endpoint newest first, and flags those of a watch period until a review', async () => {
    const world = await open()
    const { store, addEndpoint } = world
    const endpoint = await addEndpoint()
    const early = await attemptAt(world, endpoint)
    await attemptAt(world, endpoint, { startedAt: NOW + 24 * HOUR_MS, status: 500 })
    const config = { ...endpoint.version.config, watchHours: 1 }
    await store.endpoints.addVersion({ ...endpoint.version, id: ids.next('ver'), number: 2, config })
    await attemptAt(world, endpoint, { startedAt: NOW + HOUR_MS - 1 })
    await attemptAt(world, await addEndpoint())
    const query = { endpointId: endpoint.id, limit: 10, offset: 0 }
    const { items, total } = await store.operations.log(query)
    expect(total).toBe(3)
    expect(items.map(({ status, flagged }) => [status, flagged])).toEqual([
      [200, true],
      [500, false],
      [200, true],
    ])
    const { response, ...entry } = early
    expect(items[2]).toEqual({ ...entry, eventType: 'order.created', status: response!.status, flagged: true })
    expect((await store.operations.log({ ...query, limit: 1, offset: 1 })).items).toEqual([items[1]])
    expect(await store.operations.countFlagged(endpoint.id)).toBe(2)
    await store.operations.noteReview({ endpointId: endpoint.id, at: NOW, actor: 'ana' })
    expect(await store.operations.countFlagged(endpoint.id)).toBe(0)
  })

  it('OPS-2 tells the last attempt that was sent and which events a filter kept back', async () => {
    const world = await open()
    const { store, project, addEndpoint, addEvent } = world
    const endpoint = await addEndpoint()
    expect(await store.operations.lastSent(endpoint.id)).toBeNull()
    const sent = await attemptAt(world, endpoint)
    await attemptAt(world, endpoint, { build: true })
    expect(await store.operations.lastSent(endpoint.id)).toMatchObject({ id: sent.id })
    await addEvent({ event: { type: 'b' } })
    await addEvent({ event: { type: 'a' } })
    await addEvent({ event: { type: 'a' } })
    await addEvent({ event: { type: 'c', origin: 'triggered' } })
    await addEvent({ event: { type: 'd', capture: 'partial' } })
    await addEvent({ event: { type: 'e', receivedAt: NOW - 1 } })
    await addEvent({ event: { type: 'alert.raised' } })
    const without = ['alert.raised', 'callback-failed']
    const query = { projectId: project.id, endpointId: endpoint.id, since: NOW, most: 100, without }
    expect(await store.operations.suppression(query)).toEqual({
      seen: 5,
      suppressed: [
        { type: 'a', count: 2 },
        { type: 'b', count: 1 },
      ],
    })
    expect((await store.operations.suppression({ ...query, most: 2 })).seen).toBe(2)
  })
})
