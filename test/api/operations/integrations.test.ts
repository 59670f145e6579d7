import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { headerValue } from '#shared/model/header.ts'
import { type Fields, startConfigurationRig } from '../configuration-rig.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const errorOf = ({ body }: { body: Fields }) => body['error'] as Fields
const SITE = '0b5f9a52-7f0e-4c1f-9a57-2f4f2c1d9e10'

type Rig = Awaited<ReturnType<typeof startConfigurationRig>>

const MEASURED = { settings: { measurementId: 'G-AB12CD34EF' }, secrets: { api_secret: 'ga4-s3cret' } }

/** The project of the site, so that events reach it. */
async function siteProject(rig: Rig): Promise<string> {
  const { body } = await rig.json('GET', '/projects')
  const found = (body['items'] as Fields[]).find(({ siteId }) => siteId === SITE)
  return String(found?.['slug'])
}

async function sendTo(rig: Rig, type: string, data: unknown): Promise<Fields> {
  const project = await siteProject(rig)
  const { body } = await rig.json('POST', `/events?project=${project}`, { type, data })
  for (;;) {
    const changed = Promise.withResolvers<void>()
    const end = rig.engine.changes.subscribe(({ type: kind }) => kind === 'delivery.changed' && changed.resolve())
    const found = await rig.json('GET', `/deliveries?project=${project}&eventId=${String(body['id'])}`)
    const [delivery] = found.body['items'] as Fields[]
    if (delivery && !['scheduled', 'delivering'].includes(String(delivery['state']))) {
      end()
      return delivery
    }
    await changed.promise
    end()
  }
}

describe('integrations of a site', () => {
  it('OPS-1 makes the project by a first PUT, merges top-level fields, and knows gads as google_ads', async () => {
    const rig = await startConfigurationRig()
    const place = `/sites/${SITE.toUpperCase()}/integrations`
    expect((await rig.json('GET', place)).status).toBe(404)
    const refused = await rig.json('GET', '/sites/not-a-uuid/integrations')
    expect([refused.status, errorOf(refused)['field']]).toEqual([400, 'siteId'])
    expect(errorOf(await rig.json('PUT', `${place}/tiktok`, {}))).toMatchObject({ code: 'unknown_provider' })

    const both = await Promise.all([
      rig.json('PUT', `${place}/ga4`, { ...MEASURED, eventTypes: ['purchase', 'page_view'], owner: 'Ana' }),
      rig.json('PUT', `${place}/ga4`, { escalation: 'Call the analytics team' }),
    ])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    const mapping = '{"client_id": "c", "events": [{"name": "x"}]}'
    await rig.json('PUT', `${place}/ga4`, { mapping })
    const { body: disabled } = await rig.json('PUT', `${place}/ga4`, { enabled: false })
    expect(disabled).toMatchObject({
      provider: 'ga4',
      siteId: SITE,
      configured: true,
      enabled: false,
      state: 'paused',
      mapping,
      mappingIsPreset: false,
      eventTypes: ['purchase', 'page_view'],
      owner: 'Ana',
      escalation: 'Call the analytics team',
      credentials: [{ name: 'api_secret', isSet: true }],
    })
    const { body: cleared } = await rig.json('PUT', `${place}/ga4`, { enabled: true, owner: null, testMode: true })
    expect(cleared).toMatchObject({ enabled: true, owner: null, testMode: true, mapping })

    const ads = await rig.json('PUT', `${place}/gads`, { settings: { customerId: '1234567890' } })
    expect(ads.body).toMatchObject({ provider: 'google_ads', name: 'Google Ads conversion upload' })
    expect((await rig.json('GET', `${place}/google_ads`)).body['id']).toBe(ads.body['id'])
    const listed = (await rig.json('GET', place)).body['items'] as Fields[]
    expect(listed.map(({ provider, configured }) => [provider, configured])).toEqual([
      ['ga4', true],
      ['meta', false],
      ['google_ads', true],
    ])
    const sites = ((await rig.json('GET', '/projects')).body['items'] as Fields[]).map(({ siteId }) => siteId)
    expect(new Set(sites).size).toBe(sites.length)
    expect(sites).toContain(SITE)
  })

  it.each([
    [{ settings: { measurementId: '12' } }, 'settings.measurementId', 'G-'],
    [{ settings: { pixel: '12' } }, 'settings.pixel', 'measurementId'],
    [{ baseUrl: 'ftp://nowhere' }, 'baseUrl', 'http'],
    [{ mapping: '{' }, 'mapping', 'JSONata'],
    [{ mappings: 'x' }, 'mappings', ''],
  ])('OPS-1 refuses %j, naming the field and the fix', async (change, field, words) => {
    const rig = await startConfigurationRig()
    const refused = await rig.json('PUT', `/sites/${SITE}/integrations/ga4`, change)
    expect(refused.status).toBe(400)
    expect(errorOf(refused)).toMatchObject({ field })
    expect(JSON.stringify(errorOf(refused))).toContain(words)
  })

  it('OPS-1 tests with every step told, also where credentials are missing, and to the sink in test mode', async () => {
    const rig = await startConfigurationRig()
    const place = `/sites/${SITE}/integrations/ga4`
    await rig.json('PUT', place, { baseUrl: rig.receiver.url })
    const steps = async () => {
      const { status, body } = await rig.json('POST', `${place}/test`, {})
      const told = (body['steps'] as Fields[]).map(({ name, state }) => `${String(name)} ${String(state)}`)
      return { status, told, passed: body['passed'], target: body['target'], body }
    }
    const missing = await steps()
    expect(missing).toMatchObject({ status: 200, passed: false, target: 'none' })
    expect(missing.told).toEqual(['configuration failed', 'mapping passed', 'request failed', 'send skipped'])
    expect(JSON.stringify(missing.body)).toContain('api_secret')
    expect(rig.receiver.requests).toEqual([])

    await rig.json('PUT', place, { ...MEASURED, testMode: true })
    expect(await steps()).toMatchObject({ passed: true, target: 'sink' })
    expect(rig.receiver.requests).toEqual([])
    await rig.json('PUT', place, { testMode: false })
    expect((await rig.json('GET', place)).body).toMatchObject({ lastChangeTested: false })
    const sent = await steps()
    expect(sent.told).toEqual(['configuration passed', 'mapping passed', 'request passed', 'send passed'])
    expect(sent).toMatchObject({ passed: true, target: 'endpoint', body: { status: 200 } })
    expect((await rig.json('GET', place)).body).toMatchObject({ lastChangeTested: true })
    const [request] = rig.receiver.requests
    expect(request!.target).toBe('/mp/collect?measurement_id=G-AB12CD34EF&api_secret=ga4-s3cret')
    expect(rig.answers.join()).not.toContain('ga4-s3cret')
    for (const testMode of [false, true]) {
      await rig.json('PUT', place, { enabled: false, testMode })
      const paused = await steps()
      expect(paused).toMatchObject({ passed: false, target: 'none' })
      expect(paused.told).toEqual(['configuration passed', 'mapping passed', 'request passed', 'send skipped'])
    }
    expect(rig.receiver.requests).toHaveLength(1)
  })

  it('OPS-1 pages through the log by limit and offset, newest first, by integration and by webhook id', async () => {
    const rig = await startConfigurationRig([{ status: 204 }, { status: 403 }, { status: 204 }])
    const place = `/sites/${SITE}/integrations`
    const { body } = await rig.json('PUT', `${place}/ga4`, {
      ...MEASURED,
      baseUrl: rig.receiver.url,
      eventTypes: ['*'],
    })
    for (const type of ['page_view', 'lead', 'sign_up']) await sendTo(rig, type, { client_id: 'c1' })
    const log = async (path: string) => {
      const { body: page } = await rig.json('GET', path)
      const items = page['items'] as Fields[]
      return { ...page, items: items.map(({ eventType, status }) => [eventType, status]) }
    }
    expect(await log(`${place}/ga4/logs?limit=2&offset=0`)).toMatchObject({
      items: [
        ['sign_up', 204],
        ['lead', 403],
      ],
      total: 3,
      limit: 2,
      offset: 0,
    })
    expect((await log(`${place}/webhooks/${String(body['id'])}/logs?limit=2&offset=2`)).items).toEqual([
      ['page_view', 204],
    ])
    expect((await log(`${place}/meta/logs`)).items).toEqual([])
    const elsewhere = await rig.create()
    expect((await rig.json('GET', `${place}/webhooks/${String(elsewhere['id'])}/logs`)).status).toBe(404)
    expect((await rig.json('GET', `${place}/ga4/logs?limit=0`)).status).toBe(400)
  })
})

describe('the requests of integrations', () => {
  it('OPS-4 posts an event to GA4 as its Measurement Protocol takes it', async () => {
    const rig = await startConfigurationRig()
    await rig.json('PUT', `/sites/${SITE}/integrations/ga4`, {
      ...MEASURED,
      baseUrl: rig.receiver.url,
      eventTypes: ['order.paid'],
    })
    const data = { client_id: '1.2', order_id: 'T1', total: 0, currency: 'EUR', email: 'person@example.com' }
    expect(await sendTo(rig, 'order.paid', data)).toMatchObject({ state: 'succeeded' })
    const [request] = rig.receiver.requests
    expect(request).toMatchObject({ method: 'POST' })
    expect(headerValue(request!.headers, 'content-type')).toBe('application/json')
    expect(headerValue(request!.headers, 'webhook-signature')).toBeNull()
    expect(JSON.parse(request!.body.toString())).toEqual({
      client_id: '1.2',
      timestamp_micros: expect.any(Number),
      events: [
        {
          name: 'purchase',
          params: { transaction_id: 'T1', value: 0, currency: 'EUR', engagement_time_msec: 1 },
        },
      ],
    })
  })

  it('OPS-4 posts an event to Meta with hashed identities', async () => {
    const rig = await startConfigurationRig()
    await rig.json('PUT', `/sites/${SITE}/integrations/meta`, {
      settings: { pixelId: '123456789', testEventCode: 'TEST1' },
      secrets: { access_token: 'meta-t0ken' },
      baseUrl: rig.receiver.url,
      eventTypes: ['lead'],
    })
    const data = { email: ' Jane@Example.COM ', phone: '+49 (0151) 234', url: 'https://a.example/', userAgent: 'UA' }
    expect(await sendTo(rig, 'lead', data)).toMatchObject({ state: 'succeeded' })
    const [request] = rig.receiver.requests
    expect(request!.target).toBe('/v23.0/123456789/events?access_token=meta-t0ken')
    const body = JSON.parse(request!.body.toString()) as Fields
    expect(body).toMatchObject({
      test_event_code: 'TEST1',
      data: [
        {
          event_name: 'Lead',
          action_source: 'website',
          event_source_url: 'https://a.example/',
          user_data: { em: [sha256('jane@example.com')], ph: [sha256('490151234')], client_user_agent: 'UA' },
        },
      ],
    })
    expect(Number.isInteger((body['data'] as Fields[])[0]!['event_time'])).toBe(true)
    expect(request!.body.toString()).not.toContain('example.com"')
  })

  it('OPS-4 uploads an event to Google Ads as a conversion', async () => {
    const rig = await startConfigurationRig()
    await rig.json('PUT', `/sites/${SITE}/integrations/gads`, {
      settings: { customerId: '1234567890', conversionActionId: '55' },
      secrets: { access_token: 'ads-t0ken', developer_token: 'dev-t0ken' },
      baseUrl: `${rig.receiver.url}/proxy/`,
      eventTypes: ['call_ended'],
    })
    const data = { occurred_at: '2026-03-04T05:06:07Z', email: 'Jane.Doe+x@gmail.com', gclid: 'g1', value: 12.5 }
    expect(await sendTo(rig, 'call_ended', data)).toMatchObject({ state: 'succeeded' })
    const [request] = rig.receiver.requests
    expect(request!.target).toBe('/proxy/v22/customers/1234567890:uploadClickConversions')
    expect(headerValue(request!.headers, 'authorization')).toBe('Bearer ads-t0ken')
    expect(headerValue(request!.headers, 'developer-token')).toBe('dev-t0ken')
    expect(JSON.parse(request!.body.toString())).toEqual({
      conversions: [
        {
          gclid: 'g1',
          conversionAction: 'customers/1234567890/conversionActions/55',
          conversionDateTime: '2026-03-04 05:06:07+00:00',
          conversionValue: 12.5,
          orderId: expect.stringMatching(/^evt_/),
          userIdentifiers: [{ hashedEmail: sha256('janedoe@gmail.com') }],
        },
      ],
      partialFailure: true,
    })
  })

  it('OPS-4 sends nothing that the destination would not take, and names the place', async () => {
    const rig = await startConfigurationRig()
    const place = `/sites/${SITE}/integrations/ga4`
    await rig.json('PUT', place, { ...MEASURED, baseUrl: rig.receiver.url, eventTypes: ['*'] })
    const project = await siteProject(rig)
    const detailOf = async (delivery: Fields) => {
      const attempts = await rig.json('GET', `/deliveries/${String(delivery['id'])}/attempts?project=${project}`)
      return ((attempts.body['items'] as Fields[])[0]!['failure'] as Fields)['detail']
    }
    const incomplete = await sendTo(rig, 'purchase', { order_id: 'T1' })
    expect(incomplete).toMatchObject({ state: 'failed', lastFailure: 'schema_mismatch', attempts: 1 })
    expect(await detailOf(incomplete)).toContain("events[0].params must have required property 'currency'")
    await rig.json('PUT', place, { mapping: '{"client_id": 1, "events": [{"name": "session_start"}]}' })
    const own = await sendTo(rig, 'anything', {})
    expect(await detailOf(own)).toMatch(/client_id must be string; events\[0\]\.name/)
    expect(rig.receiver.requests).toEqual([])
  })
})
