import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Diagnosis } from '#shared/model/diagnosis.ts'
import { systemClock } from '#main/adapters/system/system-clock.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'
import { NOW, PLAIN, sent } from '#test/engine/signing/doctor/planted.ts'

describe('POST /api/v1/diagnose', () => {
  let rig: ApiRig
  beforeAll(async () => {
    rig = await startApiRig({ parts: { clock: systemClock } })
  })
  afterAll(() => rig.stop())

  const request = sent('github', { body: Buffer.from('{\n  "a": 1\n}') })
  async function diagnose(change: Record<string, unknown>) {
    const { method, url, headers } = request
    const given = { provider: 'github', secret: PLAIN, method, url, headers, now: NOW / 1_000, ...change }
    const response = await rig.call('POST', '/diagnose', given)
    return { status: response.status, body: await response.json() }
  }
  const base64 = (text: string) => Buffer.from(text).toString('base64')

  it('PRV-5 tells the verdict, what explains it and how to mend it', async () => {
    const { status, body } = await diagnose({ bodyBase64: base64('{"a":1}') })
    expect(status).toBe(200)
    expect(Diagnosis.parse(body)).toMatchObject({
      verdict: 'invalid',
      reason: 'signature_mismatch',
      findings: [
        {
          code: 'body_json_rewritten',
          certainty: 'proven',
          title: 'The JSON was parsed and written again',
          fix: expect.stringContaining('raw bytes'),
          difference: { of: 'body', offset: 1 },
        },
      ],
    })
  })

  it('PRV-5 has no finding for a valid request, nor for one that nothing explains', async () => {
    const valid = await diagnose({ bodyBase64: base64('{\n  "a": 1\n}') })
    expect(valid.body).toEqual({ verdict: 'valid', reason: null, findings: [], complete: true })
    const unexplained = await diagnose({ bodyBase64: base64('{"a":2}') })
    expect(unexplained.body).toEqual({ verdict: 'invalid', reason: 'signature_mismatch', findings: [], complete: true })
  })

  it('PRV-5 never tells a secret that it was given', async () => {
    const { body } = await diagnose({ secret: `"${PLAIN}"`, bodyBase64: base64('{\n  "a": 1\n}') })
    expect(body).toMatchObject({ findings: [{ code: 'secret_space' }] })
    expect(JSON.stringify(body)).not.toContain(PLAIN)
  })

  it('PRV-5 refuses an unknown provider by its field', async () => {
    const { status, body } = await diagnose({ provider: 'nobody', bodyBase64: '' })
    expect(status).toBe(404)
    expect(body).toMatchObject({ error: { code: 'unknown_provider', field: 'provider' } })
  })
})
