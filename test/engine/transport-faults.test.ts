import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Attempt } from '#shared/model/attempt.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { FailureCode } from '#shared/model/failure.ts'
import type { EndpointChange } from '#main/engine/engine.ts'
import type { Behaviour } from '#test/support/misbehaving-receiver/behaviour.ts'
import {
  startMisbehavingReceiver,
  type MisbehavingReceiverOptions,
} from '#test/support/misbehaving-receiver/receiver.ts'
import { createTestEngine } from '#test/support/engine.ts'
import { testCertificates } from '#test/support/test-certificates.ts'

const SECOND_TRY_NEVER = { preset: 'standard', timeoutMs: 2_000 }
const actor = { name: 'a person' }

/** Delivers events over real sockets and gives what the store then holds. */
async function openRelay(options: MisbehavingReceiverOptions, change: EndpointChange = {}) {
  const receiver = await startMisbehavingReceiver(options)
  const { engine, store, stop } = await createTestEngine()
  onTestFinished(async () => {
    await stop()
    await receiver.close()
  })
  await engine.start()
  const project = engine.projects.resolve('default').id
  const config = { name: 'receiver', url: receiver.url, eventTypes: ['*'], policy: SECOND_TRY_NEVER, ...change }
  const { endpoint } = await engine.endpoints.create(project, config, actor)

  return {
    receiver,
    endpoint,
    engine,
    /** Resolves once `count` attempts of a new event's delivery are stored. */
    async deliver(count = 1): Promise<{ delivery: Delivery; attempts: readonly Attempt[] }> {
      const { promise, resolve } = Promise.withResolvers<{ delivery: Delivery; attempts: readonly Attempt[] }>()
      let ours: Delivery['eventId'] | null = null
      const check = async (): Promise<void> => {
        if (ours === null) return
        const query = { projectId: project, eventId: ours, endpointId: null, replayId: null, states: [] }
        const [delivery] = (await engine.deliveries.list({ ...query, limit: 1, cursor: null })).items
        if (!delivery || delivery.state === 'delivering') return
        const attempts = await store.deliveries.attempts(delivery.id)
        if (attempts.length >= count) resolve({ delivery, attempts })
      }
      const forget = engine.changes.subscribe((changed) => {
        if (changed.type === 'delivery.changed') void check()
      })
      const body = new TextEncoder().encode('{"audit_id":"aud_1"}')
      const event = { type: 'audit.completed', contentType: 'application/json', provider: null, idempotencyKey: null }
      ours = (await engine.events.compose(project, { ...event, body })).event.id
      void check()
      return promise.finally(forget)
    },
  }
}

type Case = [
  id: string,
  behaviour: Behaviour,
  expected: { code: FailureCode | null; status: number | null; state: string },
]

const CASES: Case[] = [
  ['DL06 a reset before any answer', { do: 'reset' }, { code: 'connection_reset', status: null, state: 'scheduled' }],
  ['DL07 an answer that is cut after 200', { do: 'cut' }, { code: 'answer_cut', status: 200, state: 'succeeded' }],
  [
    'DL08 headers that trickle',
    { do: 'trickle-headers', everyMs: 50 },
    { code: 'timed_out', status: null, state: 'scheduled' },
  ],
  [
    'DL09 a body that drips',
    { do: 'drip-body', status: 200, everyMs: 50 },
    { code: 'timed_out', status: 200, state: 'scheduled' },
  ],
  ['DL10 silence', { do: 'silence' }, { code: 'timed_out', status: null, state: 'scheduled' }],
  [
    'DL11 a redirect',
    { do: 'redirect', status: 307, to: 'http://127.0.0.1:9/' },
    { code: 'redirect', status: 307, state: 'failed' },
  ],
  [
    'DL13 a few interim answers',
    { do: 'interim', status: 100, count: 5 },
    { code: null, status: 200, state: 'succeeded' },
  ],
  [
    'DL13 a flood of interim answers',
    { do: 'interim', status: 103, count: 1_000 },
    { code: 'invalid_answer', status: null, state: 'scheduled' },
  ],
  ['DL14 a 204 with a body', { do: 'body-after-204' }, { code: null, status: 204, state: 'succeeded' }],
  [
    'DL15 an answer of a gigabyte',
    { do: 'huge', sizeBytes: 1024 ** 3 },
    { code: null, status: 200, state: 'succeeded' },
  ],
  [
    'DL18 what is no HTTP',
    { do: 'not-http', bytes: 'SSH-2.0-OpenSSH_9.6\r\n' },
    { code: 'invalid_answer', status: null, state: 'scheduled' },
  ],
  ['DL23 an early 413', { do: 'early', status: 413 }, { code: 'client_error', status: 413, state: 'failed' }],
]

describe('what the store holds after a fault of the wire', () => {
  it.each(CASES)('%s', async (_name, behaviour, { code, status, state }) => {
    const { deliver, receiver } = await openRelay({ script: [behaviour] })
    const { delivery, attempts } = await deliver()
    expect(attempts).toHaveLength(1)
    const [attempt] = attempts
    expect(attempt?.failure?.code ?? null).toBe(code)
    expect(attempt?.response?.status ?? null).toBe(status)
    expect(delivery).toMatchObject({ state, lastStatus: status, lastFailure: code })
    expect(receiver.receipts).toHaveLength(1)
  })

  it('DL01 a refused connection', async () => {
    const { deliver, receiver } = await openRelay({})
    await receiver.close()
    const { delivery, attempts } = await deliver()
    expect(attempts[0]).toMatchObject({ outcome: 'failed', failure: { code: 'connect_refused', phase: 'connect' } })
    expect(delivery).toMatchObject({ state: 'scheduled', dueAt: expect.any(Number) })
  })

  it('DL16 a compressed bomb, kept as it came and no further than the limit', async () => {
    const { deliver } = await openRelay({ script: [{ do: 'gzip', sizeBytes: 64 * 1024 * 1024 }] })
    const { attempts } = await deliver()
    const kept = Buffer.from(attempts[0]?.response?.body ?? [])
    expect(kept.byteLength).toBeLessThanOrEqual(65_536)
    expect(kept.subarray(0, 2)).toEqual(gzipSync('').subarray(0, 2))
  })

  it('DL04 a certificate that nobody vouches for, and the endpoint that takes it all the same', async () => {
    const security = { kind: 'tls', ...testCertificates.localhost } as const
    const { deliver, engine, endpoint, receiver } = await openRelay({ security })
    const refused = await deliver()
    expect(refused.attempts[0]).toMatchObject({ response: null, failure: { code: 'tls_untrusted', phase: 'tls' } })
    expect(receiver.receipts).toEqual([])
    await engine.endpoints.update(endpoint, { tls: { verify: false } }, actor)
    const { delivery, attempts } = await deliver()
    expect(delivery.state).toBe('succeeded')
    expect(attempts[0]?.endpointVersionId).not.toBe(refused.attempts[0]?.endpointVersionId)
    expect(receiver.receipts).toHaveLength(1)
  })

  it('DL22 a kept connection that had gone stale: sent again at once on a new one, as an attempt of its own', async () => {
    const { deliver, receiver } = await openRelay(
      { script: [{ do: 'stale' }, { do: 'answer', status: 200 }] },
      { policy: { preset: 'once' } },
    )
    expect((await deliver()).delivery.state).toBe('succeeded')
    const { delivery, attempts } = await deliver(2)
    expect(attempts.map(({ number, outcome, failure }) => [number, outcome, failure?.code ?? null])).toEqual([
      [1, 'interrupted', 'stale_connection'],
      [2, 'succeeded', null],
    ])
    expect(delivery).toMatchObject({ state: 'succeeded', tries: 1 })
    const ids = receiver.receipts.slice(1).map(({ deliveryId }) => deliveryId)
    expect(new Set(ids)).toEqual(new Set([delivery.id]))
  })
})
