import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/model/app-error.ts'
import { github } from '#main/providers/github.ts'
import { standardWebhooks } from '#main/providers/standard-webhooks.ts'
import { verify } from '#main/engine/signing/verify.ts'
import type { SigningScheme } from '#main/engine/signing/scheme.ts'
import { answered, type SentRequest } from './delivery/dispatch-rig.ts'
import { createRunningEngine } from './running-engine.ts'

const HOUR = 3_600_000
const WAITING = 500

/** Whether a receiver that knows only `secret` takes the request. */
function accepts(scheme: SigningScheme | null, secret: string, { at, ...request }: SentRequest): boolean {
  return verify(scheme!, { ...request, secrets: [secret], nowMs: at }).verdict === 'valid'
}

/** An engine with many deliveries that failed once and wait for their next tries. */
async function manyWaiting(provider: string, waitsMs: readonly number[]) {
  const rig = await createRunningEngine({ answer: () => answered(500) })
  const schedule = { kind: 'list' as const, waitsMs: [...waitsMs], repeat: null, jitter: 0 }
  const { endpoint, secret } = await rig.engine.endpoints.create(
    rig.project.id,
    {
      name: 'receiver',
      url: 'http://receiver.test/hook',
      eventTypes: ['*'],
      provider,
      policy: { preset: 'standard', schedule, breaker: null, concurrency: WAITING },
    },
    rig.actor,
  )
  for (let count = 0; count < WAITING; count++) await rig.compose()
  await rig.clock.advance(0)
  expect(rig.sent).toHaveLength(WAITING)
  return { ...rig, endpoint, old: secret!, round: (index: number) => rig.sent.slice(index * WAITING) }
}

describe('rotating the secret that signs', () => {
  it('EN21 signs 500 waiting retries with both secrets while they overlap, then with the new one only', async () => {
    const rig = await manyWaiting('standard-webhooks', [HOUR, 2 * HOUR])
    const { secret, previousUntil } = await rig.engine.endpoints.rotateSecret(rig.endpoint, { overlapMs: 2 * HOUR })
    expect(previousUntil).toBe(rig.clock.now() + 2 * HOUR)
    const by = (known: string, requests: readonly SentRequest[]) =>
      requests.filter((request) => accepts(standardWebhooks.signing, known, request)).length

    await rig.clock.advance(HOUR)
    expect([by(rig.old, rig.round(1)), by(secret, rig.round(1))]).toEqual([WAITING, WAITING])
    await rig.clock.advance(2 * HOUR)
    expect([by(rig.old, rig.round(2)), by(secret, rig.round(2))]).toEqual([0, WAITING])

    const [delivery] = await rig.listed({})
    const attempts = await rig.engine.deliveries.attempts(delivery!)
    expect(attempts.map(({ request }) => request?.signedWith)).toEqual([[1], [2, 1], [2]])
  })

  it('EN21 where a request carries one signature, lets the previous secret sign until the overlap ends', async () => {
    const rig = await manyWaiting('github', [HOUR, 2 * HOUR])
    const { secret } = await rig.engine.endpoints.rotateSecret(rig.endpoint, { overlapMs: 2 * HOUR })
    await rig.clock.advance(3 * HOUR)
    const ends = [1, 2].map((index) => rig.round(index)[0]!)
    expect(ends.map((request) => accepts(github.signing, rig.old, request))).toEqual([true, false])
    expect(ends.map((request) => accepts(github.signing, secret, request))).toEqual([false, true])
  })

  it('EN21 or until a person switches', async () => {
    const rig = await manyWaiting('github', [HOUR])
    const { secret } = await rig.engine.endpoints.rotateSecret(rig.endpoint, { overlapMs: 24 * HOUR })
    await rig.engine.endpoints.endOverlap(rig.endpoint)
    await rig.clock.advance(HOUR)
    expect(rig.round(1).every((request) => accepts(github.signing, secret, request))).toBe(true)
  })

  it('takes a given secret that can sign, and names the field of one that cannot', async () => {
    const rig = await createRunningEngine()
    const endpoint = await rig.addEndpoint()
    const refused = rig.engine.endpoints.rotateSecret(endpoint, { overlapMs: 0, secret: 'whsec_no base64' })
    await expect(refused).rejects.toMatchObject({ code: 'invalid_request', field: 'secret' })
    const given = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'
    expect(await rig.engine.endpoints.rotateSecret(endpoint, { overlapMs: 0, secret: given })).toMatchObject({
      secret: given,
    })
    await rig.compose()
    await rig.clock.advance(0)
    expect(accepts(standardWebhooks.signing, given, rig.sent[0]!)).toBe(true)
  })

  it('refuses to rotate where nobody signs', async () => {
    const rig = await createRunningEngine()
    const endpoint = await rig.addEndpoint({ provider: 'none' })
    await expect(rig.engine.endpoints.rotateSecret(endpoint, { overlapMs: 0 })).rejects.toThrow(AppError)
  })
})
