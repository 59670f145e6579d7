import { expect, it } from 'vitest'
import { onEveryStore } from './implementations.ts'
import { ids, NOW } from './records.ts'

onEveryStore('Attempts', (open) => {
  it('ENG-9 show the bytes that they sent: their own, the event’s, or none', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    const body = new TextEncoder().encode('{"of":"event"}')
    const own = new TextEncoder().encode('made of it')
    await world.addEvent({ to: [endpoint], body })
    for (const [requestBody, sent] of [
      ['of event', body],
      [own, own],
      [null, null],
    ] as const) {
      const [claimed] = await world.claim(endpoint.id, { now: NOW + 120_000 })
      await world.conclude(claimed!, { requestBody })
      expect(await world.store.deliveries.requestBody(claimed!.attemptId)).toEqual(sent)
    }
  })

  it('ENG-14 keep a version that their delivery was bound to while they ran', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    await world.addEvent({ to: [endpoint] })
    const [claimed] = await world.claim(endpoint.id)
    const version = { ...endpoint.version, id: ids.next('ver'), number: 2 }
    await world.store.endpoints.addVersion(version, { pinWaiting: true })
    const { delivery } = await world.conclude(claimed!)
    expect(delivery).toMatchObject({ state: 'scheduled', pinnedVersionId: endpoint.version.id })
    expect(await world.delivery(delivery.id)).toEqual(delivery)
  })

  it('are ended once, whatever is ended with them', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    for (let made = 0; made < 4; made++) await world.addEvent({ to: [endpoint] })
    const [first, second, third, fourth] = await world.claim(endpoint.id)
    const succeeded = { delivery: { state: 'succeeded', dueAt: null } } as const
    await world.conclude(first!, succeeded)
    const ends = await Promise.allSettled([
      world.conclude(second!, succeeded),
      world.conclude(first!, succeeded),
      world.store.deliveries.release({ deliveryId: third!.delivery.id, now: NOW }),
    ])
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await world.store.deliveries.attempts(first!.delivery.id)).toHaveLength(1)
    const count = () => world.store.deliveries.countByState(world.project.id)
    expect(await count()).toMatchObject({ succeeded: 2, scheduled: 1, delivering: 1 })
    await world.store.deliveries.recover({ owner: 'run-2', now: NOW })
    expect(await count()).toMatchObject({ succeeded: 2, scheduled: 2, delivering: 0 })
    await expect(world.conclude(fourth!, succeeded)).rejects.toThrow('is not held by')
    expect(await count()).toMatchObject({ succeeded: 2, scheduled: 2, delivering: 0 })
  })
})
