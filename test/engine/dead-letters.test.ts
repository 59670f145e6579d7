import { describe, expect, it } from 'vitest'
import type { BulkRetry, DeadLetterFilter } from '#shared/model/bulk-retry.ts'
import { createFakeClock } from '#test/support/fake-clock.ts'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import { answered } from './delivery/dispatch-rig.ts'
import { createRunningEngine } from './running-engine.ts'

const DAY = 86_400_000
const ANY: DeadLetterFilter = { endpointId: null, failure: null, failedSince: null, failedUntil: null }

/** A running engine with dead letters, whose receiver answers what `answer.status` says from then on. */
async function createRig(
  { letters = 0, policy = 'once', ...parts } = {} as Parameters<typeof createRunningEngine>[0] & {
    letters?: number
    policy?: string
  },
) {
  const answer = { status: 500 }
  const rig = await createRunningEngine({ answer: () => answered(answer.status), ...parts })
  const endpoint = letters > 0 ? await rig.addEndpoint({ policy }) : null
  for (let count = 0; count < letters; count += 1) await rig.compose()
  await rig.clock.advance(letters > 0 ? DAY : 0)
  answer.status = 200
  const { deadLetters } = rig.engine
  return {
    ...rig,
    answer,
    endpoint,
    deadLetters,
    begin: (
      selection: Parameters<typeof deadLetters.retry>[1]['selection'] = { filter: ANY },
      rate: number | null = null,
    ) => deadLetters.retry(rig.project.id, { selection, ratePerSecond: rate }, rig.actor),
    shown: ({ id }: BulkRetry) => deadLetters.getRetry(rig.project.id, id),
  }
}

describe('a retry of many dead letters', () => {
  it('ENG-12 tries each once more, oldest first, and keeps its delivery', async () => {
    const rig = await createRig({ letters: 250 })
    const before = await rig.listed({ states: ['failed'] })
    rig.sent.splice(0)
    const retry = await rig.begin()
    await rig.clock.advance(1_000)
    expect(await rig.shown(retry)).toMatchObject({ state: 'finished', total: 250, retried: 250, refused: {} })
    const after = await rig.listed({ states: ['succeeded'] })
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    expect(rig.sent.map(({ deliveryId }) => deliveryId)).toEqual(before.map(({ id }) => id).toReversed())
    expect(await rig.engine.deliveries.attempts(after[0]!)).toMatchObject([{}, { number: 2, trigger: 'manual' }])
  })

  it('ENG-12 keeps to its rate, pauses, goes on and is canceled', async () => {
    const rig = await createRig({ letters: 40 })
    rig.sent.splice(0)
    const retry = await rig.begin({ filter: ANY }, 5)
    await rig.clock.advance(1_900)
    expect(rig.sent).toHaveLength(10)
    await rig.deadLetters.pauseRetry(rig.project.id, retry.id)
    await rig.clock.advance(10_000)
    expect(rig.sent).toHaveLength(10)
    expect(await rig.shown(retry)).toMatchObject({ state: 'paused', retried: 10, total: 40 })
    await rig.deadLetters.resumeRetry(rig.project.id, retry.id)
    await rig.clock.advance(1_900)
    expect(rig.sent).toHaveLength(20)
    await rig.deadLetters.cancelRetry(rig.project.id, retry.id)
    await rig.clock.advance(10_000)
    expect(rig.sent).toHaveLength(20)
    expect(await rig.listed({ states: ['failed'] })).toHaveLength(20)
    await expect(rig.deadLetters.resumeRetry(rig.project.id, retry.id)).rejects.toMatchObject({ code: 'retry_ended' })
  })

  it('ENG-12 goes on where it was after a restart', async () => {
    const [clock, store] = [createFakeClock(), createMemoryStore()]
    const rig = await createRig({ letters: 10, clock, store })
    const retry = await rig.begin({ filter: ANY }, 1)
    await rig.clock.advance(3_500)
    await rig.engine.stop(0)
    const next = await createRig({ clock, store })
    await next.clock.advance(60_000)
    expect(await next.shown(retry)).toMatchObject({ state: 'finished', retried: 10, total: 10 })
    expect(rig.sent.length + next.sent.length).toBe(20)
  })

  it('ENG-12 counts what it refuses by reason: its window is over, its endpoint is paused or gone, it is none any more', async () => {
    const rig = await createRig({ letters: 3, policy: 'crawlux' })
    const mistaken = { deliveryIds: [(await rig.listed({}))[0]!.id] }
    await rig.engine.endpoints.pause(rig.endpoint!)
    expect(await settledRetry(rig)).toMatchObject({ retried: 0, refused: { endpoint_paused: 3 } })
    await rig.engine.endpoints.resume(rig.engine.endpoints.resolve(rig.project.id, rig.endpoint!.id), 'release')
    await rig.clock.advance(8 * DAY)
    expect(await settledRetry(rig)).toMatchObject({ total: 3, retried: 0, refused: { retry_window_over: 3 } })
    await rig.engine.endpoints.delete(rig.endpoint!)
    expect(await settledRetry(rig)).toMatchObject({ refused: { delivery_not_retryable: 3 } })
    const other = await rig.addEndpoint({ policy: 'once' })
    await rig.compose()
    await rig.clock.advance(1_000)
    const [done] = await rig.listed({ states: ['succeeded'] })
    expect(done?.endpointId).toBe(other.id)
    const chosen = await settledRetry(rig, { deliveryIds: [done!.id, ...mistaken.deliveryIds] })
    expect(chosen).toMatchObject({ total: 2, retried: 0, refused: { delivery_not_retryable: 2 } })
    const unknown = { deliveryIds: ['dlv_none'] }
    await expect(rig.begin(unknown)).rejects.toMatchObject({ code: 'not_found' })
  })
})

async function settledRetry(
  rig: Awaited<ReturnType<typeof createRig>>,
  selection?: Parameters<Awaited<ReturnType<typeof createRig>>['begin']>[0],
): Promise<BulkRetry> {
  const retry = await rig.begin(selection)
  await rig.clock.advance(1_000)
  return rig.shown(retry)
}
