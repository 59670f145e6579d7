import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GapReportView } from '#shared/contract/sources/gaps.ts'
import type { Source } from '#shared/model/source.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'

const MINUTE = 60_000
const NOW = Date.UTC(2026, 0, 5, 12)
const iso = (at: number) => new Date(at).toISOString()

describe('the gaps of a source, over HTTP', () => {
  let rig: ApiRig
  let shop: Source
  beforeAll(async () => {
    rig = await startApiRig()
    const { engine } = rig
    shop = await engine.sources.create(engine.projects.resolve('default').id, {
      name: 'Shop',
      slug: 'shop',
      provider: 'github',
    })
    for (let number = 1; number <= 480; number++) {
      if (number <= 400 || number > 437) await receive(number, NOW - (481 - number) * MINUTE)
    }
  })
  afterAll(() => rig.stop())

  async function receive(number: number, receivedAt: number): Promise<void> {
    await rig.engine.capture.record(shop, {
      capture: 'complete',
      captureNote: null,
      receivedAt,
      method: 'POST',
      path: '/in/shop',
      query: null,
      httpVersion: '1.1',
      headers: [['X-Number', String(number)]],
      trailers: [],
      body: Buffer.from(JSON.stringify({ data: { number } })),
      declaredSizeBytes: null,
      remoteAddress: null,
    })
  }

  const window = `since=${iso(NOW - 24 * 60 * MINUTE)}&until=${iso(NOW)}`
  async function report(query: string): Promise<GapReportView> {
    const response = await rig.call('GET', `/sources/shop/gaps?${query}`)
    expect(response.status).toBe(200)
    return (await response.json()) as GapReportView
  }

  it('CAP-9 tell what is missing, where a header or the JSON holds the number, and how to have it sent again', async () => {
    for (const place of ['header:x-number', 'json:data.number']) {
      const { items, total, numbering, rhythm, resend, unknown } = await report(`${window}&sequence=${place}`)
      const since = NOW - 81 * MINUTE
      expect(items).toEqual([
        {
          since: iso(since),
          until: iso(since + 38 * MINUTE),
          isSilent: true,
          missing: { first: 401, last: 437, count: 37 },
          notWhole: 0,
          awayMs: 0,
        },
      ])
      expect({ total, numbering, rhythm, unknown }).toEqual({
        total: { gaps: 1, missing: 37 },
        numbering: 'dense',
        rhythm: { usualMs: MINUTE, unusualAfterMs: 4 * MINUTE },
        unknown: [],
      })
      expect(resend).toContain('Redeliver')
    }
  })

  it('CAP-9 rest on silence alone where nobody says where the numbers stand, and say what that cannot show', async () => {
    const { items, numbering, unknown } = await report(window)
    expect(items).toMatchObject([{ isSilent: true, missing: null }])
    expect(numbering).toBe('none')
    expect(unknown).toEqual([expect.stringContaining('a single lost one cannot be seen')])
  })

  it('CAP-9 of the last 24 hours are told where no time is given: nothing came in them here', async () => {
    const { since, until, items } = await report('')
    expect(Date.parse(until) - Date.parse(since)).toBe(24 * 60 * MINUTE)
    expect(items).toEqual([])
  })

  it('CAP-9 refuse a place that is none, a stretch that ends first, and a source that is not there', async () => {
    const refusal = async (path: string) => {
      const response = await rig.call('GET', path)
      const { error } = (await response.json()) as { error: { field?: string } }
      return { status: response.status, field: error.field }
    }
    expect(await refusal('/sources/shop/gaps?sequence=number')).toEqual({ status: 400, field: 'sequence' })
    expect(await refusal(`/sources/shop/gaps?since=${iso(NOW)}&until=${iso(NOW - 1)}`)).toEqual({
      status: 400,
      field: 'since',
    })
    expect((await refusal('/sources/nowhere/gaps')).status).toBe(404)
  })
})
