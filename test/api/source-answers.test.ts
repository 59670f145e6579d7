import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_ANSWER } from '#shared/model/source.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'

type Json = Record<string, unknown>

describe('answers of sources over the API', () => {
  let rig: ApiRig
  beforeAll(async () => {
    rig = await startApiRig()
    await rig.call('POST', '/sources', { name: 'Flaky', slug: 'flaky' })
  })
  afterAll(() => rig.stop())

  async function json(method: string, path: string, body?: unknown) {
    const response = await rig.call(method, path, body)
    return { status: response.status, body: (await response.json()) as Json }
  }

  it('CAP-3 takes a script as statuses, and shows its answers and where it stands', async () => {
    const { status, body } = await json('PATCH', '/sources/flaky', {
      answer: { script: ['500', 503, { status: 200 }] },
    })
    expect(status).toBe(200)
    expect(body['answer']).toEqual({
      script: [500, 503, 200].map((code) => ({ ...DEFAULT_ANSWER, status: code })),
      atEnd: 'stay',
    })
    expect(body['scriptStanding']).toEqual({ given: 0, next: 0 })
  })

  it('CAP-3 begins a script again', async () => {
    const source = rig.engine.capture.sourceOf('flaky')!
    await rig.engine.capture.record(source, {
      capture: 'complete',
      captureNote: null,
      receivedAt: 0,
      method: 'POST',
      path: '/',
      query: null,
      httpVersion: '1.1',
      headers: [],
      body: new Uint8Array(),
      trailers: [],
      declaredSizeBytes: null,
      remoteAddress: null,
    })
    expect((await json('GET', '/sources')).body['items']).toMatchObject([
      { slug: 'flaky', scriptStanding: { given: 1, next: 1 } },
      { slug: 'inbox', scriptStanding: null },
    ])
    expect(await json('POST', '/sources/flaky/reset-script')).toMatchObject({
      status: 200,
      body: { scriptStanding: { given: 0, next: 0 } },
    })
    expect((await json('POST', '/sources/none/reset-script')).status).toBe(404)
  })

  it.each([
    [{ script: ['200', 'soon'] }, 'answer.script.1'],
    [{ script: [] }, 'answer.script'],
    [{ script: Array<string>(51).fill('200') }, 'answer.script'],
    [{ script: [{ delayMs: 60_001 }] }, 'answer.script.0.delayMs'],
    [{ script: [{ body: 'x'.repeat(65_537) }] }, 'answer.script.0.body'],
    [{ script: [{ headers: Array<string[]>(51).fill(['a', 'b']) }] }, 'answer.script.0.headers'],
    [{ script: [{ template: '{{x}}' }] }, 'answer.script.0.template'],
    [{ script: ['200'], atEnd: 'explode' }, 'answer.atEnd'],
    [{ headers: [['X-Long', 'x'.repeat(16_384)]] }, 'answer.headers'],
    [{ delayMs: 60_001 }, 'answer.delayMs'],
  ])('CP22 CAP-3 refuses an answer out of bounds, by its field', async (answer, field) => {
    const before = rig.engine.capture.sourceOf('flaky')!.answer
    const { status, body } = await json('PATCH', '/sources/flaky', { answer })
    expect(status).toBe(400)
    expect(body['error']).toMatchObject({ code: 'invalid_request', field, message: expect.stringMatching(/\w{3}/) })
    expect(rig.engine.capture.sourceOf('flaky')!.answer).toEqual(before)
  })

  it('CAP-4 SEC-3 takes a verify token, tells only that there is one, and lets it go', async () => {
    const given = { name: 'Meta', slug: 'meta', provider: 'meta', secrets: ['app-secret'], verifyToken: ' my-token-1 ' }
    const created = await json('POST', '/sources', given)
    expect(created).toMatchObject({ status: 201, body: { hasVerifyToken: true, secrets: [{}] } })
    expect(JSON.stringify(created.body)).not.toContain('my-token-1')
    const renamed = await json('PATCH', '/sources/meta', { name: 'WhatsApp', secrets: [] })
    expect(renamed.body).toMatchObject({ hasVerifyToken: true, secrets: [] })
    const removed = await json('PATCH', '/sources/meta', { verifyToken: null })
    expect(removed.body).toMatchObject({ hasVerifyToken: false })
  })

  it('CAP-4 refuses a verify token where no sender would show one', async () => {
    for (const [slug, provider] of [
      ['flaky', null],
      ['sl', 'slack'],
    ]) {
      if (provider !== null) await json('POST', '/sources', { name: 'S', slug, provider })
      const { status, body } = await json('PATCH', `/sources/${slug}`, { verifyToken: 'my-token-1' })
      expect(status).toBe(400)
      expect(body['error']).toMatchObject({ field: 'verifyToken', hint: expect.stringContaining('provider') })
    }
  })

  it('CAP-7 shows where pages put events, and replaces the key', async () => {
    const { body } = await json('POST', '/sources', {
      name: 'Pages',
      slug: 'pages',
      allowedOrigins: ['https://a.example'],
    })
    expect(body).toMatchObject({ allowedOrigins: ['https://a.example'] })
    expect(body['ingestUrl']).toBe(`http://127.0.0.1:4781/ingest/${String(body['ingestKey'])}`)
    const rotated = await json('POST', `/sources/${String(body['id'])}/rotate-ingest-key`)
    expect(rotated.status).toBe(200)
    expect(rotated.body['ingestKey']).toMatch(/^ing_[0-9a-f]{32}$/)
    expect(rotated.body['ingestKey']).not.toBe(body['ingestKey'])
    const refused = await json('PATCH', '/sources/pages', { allowedOrigins: ['a.example'] })
    expect(refused).toMatchObject({ status: 400, body: { error: { field: 'allowedOrigins.0' } } })
  })
})
