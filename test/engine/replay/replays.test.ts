import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIdleEngine, type IdleEngine } from '../idle-engine.ts'

let idle: IdleEngine
beforeEach(async () => {
  idle = await createIdleEngine()
})
afterEach(() => idle.stop())

const replay = ({ eventIds, ...input }: { eventIds: string[]; endpointIds?: string[]; url?: string }) =>
  idle.engine.replays.create(
    idle.project.id,
    { selection: { eventIds }, resign: true, ratePerSecond: null, ...input },
    idle.actor,
  )

describe('a replay', () => {
  it('RPL-1 is a new delivery beside the first, and points at its replay', async () => {
    await idle.create('all', ['*'])
    const { event } = await idle.compose('audit.completed')
    const { replay: made, progress } = await replay({ eventIds: [event.id] })
    expect(progress).toMatchObject({ total: 1, done: 0, waiting: 1, state: 'running' })
    const deliveries = await idle.deliveriesOf(event.id)
    expect(deliveries.map(({ replayId, nextTrigger }) => [replayId, nextTrigger]).toSorted()).toEqual(
      [
        [made.id, 'replay'],
        [null, 'automatic'],
      ].toSorted(),
    )
  })

  it('RPL-1 goes to another endpoint or to any URL where one is named', async () => {
    const { endpoint } = await idle.create('others only', ['call_started'])
    const { event } = await idle.compose('audit.completed')
    await replay({ eventIds: [event.id], endpointIds: [endpoint.id] })
    await replay({ eventIds: [event.id], url: 'http://127.0.0.1:9/elsewhere' })
    const targets = (await idle.deliveriesOf(event.id)).map((delivery) => idle.engine.deliveries.url(delivery))
    expect(targets.toSorted()).toEqual(['http://127.0.0.1:9/elsewhere', 'http://127.0.0.1:9/hook'])
  })

  it('names the field where it has nowhere to go', async () => {
    const { event } = await idle.compose('audit.completed')
    await expect(replay({ eventIds: [event.id] })).rejects.toMatchObject({ field: 'endpointIds' })
    await expect(replay({ eventIds: [event.id], url: 'nowhere' })).rejects.toMatchObject({ field: 'url' })
    await expect(
      replay({ eventIds: [event.id], url: 'http://a.example', endpointIds: ['end_x'] }),
    ).rejects.toMatchObject({
      field: 'url',
    })
    await expect(replay({ eventIds: ['evt_nonsense'] })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('ENG-6b waits, held, while the endpoint is paused', async () => {
    await idle.create('paused', ['*'], { enabled: false })
    const { event } = await idle.compose('audit.completed')
    await replay({ eventIds: [event.id] })
    expect((await idle.deliveriesOf(event.id)).map(({ state }) => state)).toEqual(['held', 'held'])
  })
})

describe('retrying and canceling by hand', () => {
  it('brings the next attempt of a scheduled delivery forward and cancels it', async () => {
    await idle.create('all', ['*'])
    const { event } = await idle.compose('audit.completed')
    const [delivery] = await idle.deliveriesOf(event.id)
    expect(await idle.engine.deliveries.retry(delivery!)).toMatchObject({
      state: 'scheduled',
      nextTrigger: 'automatic',
    })
    const canceled = await idle.engine.deliveries.cancel(delivery!)
    expect(canceled).toMatchObject({ state: 'canceled', dueAt: null })
    await expect(idle.engine.deliveries.cancel(canceled)).rejects.toMatchObject({ code: 'delivery_not_cancelable' })
    await expect(idle.engine.deliveries.retry(canceled)).rejects.toMatchObject({ code: 'delivery_not_retryable' })
  })

  it('ENG-6b refuses to retry while the endpoint is paused, and says to resume it', async () => {
    await idle.create('paused', ['*'], { enabled: false })
    const { event } = await idle.compose('audit.completed')
    const [delivery] = await idle.deliveriesOf(event.id)
    await expect(idle.engine.deliveries.retry(delivery!)).rejects.toMatchObject({ code: 'endpoint_paused' })
  })

  it('ENG-4 tells when further attempts would come', async () => {
    await idle.create('crawlux', ['*'], { policy: 'crawlux' })
    const { event } = await idle.compose('audit.completed')
    const [delivery] = await idle.deliveriesOf(event.id)
    const [first, ...rest] = idle.engine.deliveries.forecast(delivery!)
    const minutes = rest.map((at) => (at - first!) / 60_000)
    expect(minutes).toEqual([1, 6, 36, 156, 516])
  })
})
