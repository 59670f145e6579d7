import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'

describe('warnings of an endpoint over the API', () => {
  let rig: ApiRig
  beforeAll(async () => {
    rig = await startApiRig()
  })
  afterAll(() => rig.stop())

  async function call(method: string, path: string, body?: unknown) {
    const response = await rig.call(method, path, body)
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const codes = ({ body }: { body: Record<string, unknown> }) =>
    (body['items'] as { code: string; field: string }[]).map(({ code, field }) => `${field}: ${code}`)

  it('PRV-6 tells what stands in the way of an endpoint, as it is and among the sources of its project', async () => {
    const { body } = await call('POST', '/endpoints', {
      name: 'Shop',
      url: 'https://shop.example.com/x?token=abc',
      provider: 'none',
      policy: { preset: 'standard', bodyLimitBytes: 1_000 },
    })
    await call('POST', '/sources', { name: 'Chat', slug: 'chat', provider: 'slack' })
    const found = await call('GET', `/endpoints/${String(body['id'])}/warnings`)
    expect(found.status).toBe(200)
    expect(codes(found)).toEqual([
      'url: secret_in_query',
      'policy.schedule: retries_outlive_signature',
      'policy.timeoutMs: timeout_above_deadline',
      'policy.bodyLimitBytes: body_limit_below_source',
      'provider: unsigned_to_public',
    ])
    expect((await call('GET', '/endpoints/end_0/warnings')).status).toBe(404)
  })

  it('PRV-6 lints a draft that is not finished yet, and stores nothing', async () => {
    expect((await call('POST', '/policies/lint', {})).body).toEqual({ items: [] })
    expect((await call('POST', '/policies/lint', { url: 'http://' })).body).toEqual({ items: [] })
    const draft = { url: 'http://shop.example.com', tls: { verify: false }, policy: 'once', provider: 'github' }
    expect(codes(await call('POST', '/policies/lint', draft))).toEqual([
      'url: insecure_transport',
      'policy.timeoutMs: timeout_above_deadline',
      'policy.schedule: failure_untold',
    ])
    expect(rig.engine.endpoints.list(rig.engine.projects.resolve('default').id)).toHaveLength(1)
  })

  it('PRV-6 refuses a policy that cannot be, by its field', async () => {
    const refused = await call('POST', '/policies/lint', { policy: 'nonsense' })
    expect(refused).toMatchObject({ status: 400, body: { error: { field: 'policy' } } })
  })
})
