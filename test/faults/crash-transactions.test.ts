import { describe, expect, it, vi } from 'vitest'
import type { RelayProcess } from '#test/support/relay-process.ts'
import type { Acknowledged } from './accounting.ts'
import { createCrashRig, NOTHING_WRONG, type CrashRig } from './crash-rig.ts'
import { postTo } from './load.ts'
import { inDatabase } from './read-books.ts'
import { untilDeliveries } from './settled.ts'

// Several relays start and end in each test, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 })

const answers = (...statuses: number[]) => statuses.map((status) => ({ do: 'answer', status }) as const)
const REPLAYED = 1_000

async function postMany(relay: RelayProcess, count: number): Promise<Acknowledged[]> {
  const inbox = `${relay.ready.capture}/inbox`
  const sent = []
  for (let start = 0; start < count; start += 50) {
    const bodies = Array.from({ length: Math.min(50, count - start) }, (_, index) => `body ${start + index}`)
    sent.push(...(await Promise.all(bodies.map((body) => postTo(inbox, body)))))
  }
  return sent.filter((acknowledged) => acknowledged !== null)
}

const endpointIn = ({ directory }: CrashRig) =>
  inDatabase(directory, (db) => db.prepare('SELECT state, consecutive_failures AS failures FROM endpoints').get()) as {
    state: string
    failures: number
  }

describe('What belongs together lasts together, or not at all', () => {
  it('EN06 keeps neither a result nor its next try when it dies between the two', async () => {
    const rig = await createCrashRig({ script: answers(500, 200) })
    const dying = await rig.start('in-conclusion')
    const sent = await postMany(dying, 1)
    const left = await rig.crashed(dying)
    expect(left).toMatchObject({ deliveries: [{ state: 'delivering' }], attempts: [] })
    expect(endpointIn(rig)).toEqual({ state: 'active', failures: 0 })

    const found = await rig.finish(await rig.start(), sent)
    expect(found).toMatchObject({ ...NOTHING_WRONG, received: 2, duplicates: { interrupted: 1 } })
  })

  it('EN06 keeps a result with its next try when it dies after both', async () => {
    const rig = await createCrashRig({ script: answers(500, 200) })
    const dying = await rig.start('after-conclusion')
    const sent = await postMany(dying, 1)
    const left = await rig.crashed(dying)
    expect(left).toMatchObject({ deliveries: [{ state: 'scheduled' }], attempts: [{ outcome: 'failed', status: 500 }] })
    expect(endpointIn(rig)).toEqual({ state: 'active', failures: 1 })

    const found = await rig.finish(await rig.start(), sent)
    expect(found).toMatchObject({ ...NOTHING_WRONG, duplicates: { 'answered with a failure': 1, interrupted: 0 } })
  })

  it('EN06 moves a delivery to the failed ones together with its last attempt', async () => {
    const rig = await createCrashRig({ script: answers(400) })
    const dying = await rig.start('in-conclusion')
    const sent = await postMany(dying, 1)
    expect(await rig.crashed(dying)).toMatchObject({ deliveries: [{ state: 'delivering' }], attempts: [] })

    const { books, ...found } = await rig.finish(await rig.start(), sent)
    expect(found).toMatchObject(NOTHING_WRONG)
    expect(books.deliveries).toMatchObject([{ state: 'failed' }])
    expect(books.attempts).toMatchObject([{ outcome: 'interrupted' }, { outcome: 'failed', status: 400 }])
  })

  it.each([
    ['before', 'in-conclusion:20', { state: 'active', failures: 19 }],
    ['after', 'after-conclusion:20', { state: 'paused', failures: 20 }],
  ])('EN06 opens the breaker together with its twentieth failure, %s a crash', async (_when, point, endpoint) => {
    const rig = await createCrashRig({
      script: answers(500),
      policy: { concurrency: 1, breaker: { consecutiveFailures: 20, probeAfterMs: null } },
    })
    const dying = await rig.start(point)
    const sent = await postMany(dying, 5)
    const left = await rig.crashed(dying)
    expect(endpointIn(rig)).toEqual(endpoint)
    expect(left.attempts).toHaveLength(endpoint.failures)
    expect(left.deliveries.some(({ state }) => state === 'held')).toBe(endpoint.state === 'paused')

    const relay = await rig.start()
    await untilDeliveries(relay, ({ held }) => held === sent.length)
    const found = await rig.finish(relay, sent)
    expect(endpointIn(rig)).toEqual({ state: 'paused', failures: 20 })
    expect(found).toMatchObject({ ...NOTHING_WRONG, pending: sent.length })
  })

  it.each([
    ['in the middle of a step', 'in-replay:250', 200],
    ['after one', 'after-replay:3', 200],
  ])(
    'EN06 goes on with a replay of a thousand when it dies %s, and doubles no delivery',
    async (_when, point, kept) => {
      const rig = await createCrashRig({ script: answers(200) })
      const filling = await rig.start()
      const sent = await postMany(filling, REPLAYED)
      await rig.finish(filling, sent)

      const dying = await rig.start(point)
      const order = { eventIds: sent.map(({ eventId }) => eventId) }
      // The answer and the end race each other: the order itself was kept before either.
      await dying.call('POST', '/replays', order).catch(() => undefined)
      const left = await rig.crashed(dying)
      expect(left.deliveries.filter(({ replayId }) => replayId !== null)).toHaveLength(kept)

      const relay = await rig.start()
      await untilDeliveries(relay, ({ succeeded }) => succeeded === 2 * REPLAYED)
      const found = await rig.finish(relay, sent)
      expect(found).toMatchObject({ ...NOTHING_WRONG, duplicates: { replay: REPLAYED } })
      // What was on its way at that moment may come again, and says so.
      expect(found.received - (found.duplicates.interrupted ?? 0)).toBe(2 * REPLAYED)
    },
  )
})
