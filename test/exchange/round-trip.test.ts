import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { EventDetail } from '#shared/contract/events.ts'
import { exportText, importFile, sendFile, startExchangeRig, type ExchangeRig } from './rig.ts'

interface Page {
  items: EventDetail[]
}

const BODIES = ['{"id":1,"text":"é \\u0000 \\"quoted\\""}', '\ufeff{"bom":true}', ''].map((text) => Buffer.from(text))
BODIES.push(Buffer.from([0, 255, 128, 10, 13]), Buffer.alloc(1_500_000, 'ab'))

async function compose(rig: ExchangeRig, body: Buffer, type = 'order.paid'): Promise<string> {
  const wish = { type, bodyBase64: body.toString('base64'), contentType: 'application/json' }
  return (await rig.json<EventDetail>('POST', '/events', wish)).id
}

/** What a request had, by the newest events. */
async function kept(rig: ExchangeRig, origin: string) {
  const { items } = await rig.json<Page>('GET', `/events?filter=origin:${origin}&limit=100`)
  return Promise.all(
    items.map(async ({ id }) => {
      const { type, method, path, query, headers, contentType, bodySha256 } = await rig.json<EventDetail>(
        'GET',
        `/events/${id}`,
      )
      return { type, method, path, query, headers, contentType, bodySha256 }
    }),
  )
}

it.for(['har', 'json-lines'])(
  'RPL-5 events exported as %s and imported again are the same, byte for byte',
  async (format) => {
    const rig = await startExchangeRig()
    for (const body of BODIES) await compose(rig, body)
    const text = await exportText(rig, { format, filter: 'type:order.*' })
    const run = await importFile(rig, text)
    expect(run).toMatchObject({ state: 'done', stored: { done: BODIES.length, total: BODIES.length } })
    expect(await kept(rig, 'imported')).toEqual(await kept(rig, 'composed'))
    const [newest] = (await rig.json<Page>('GET', '/events?filter=origin:imported')).items
    expect(newest).toMatchObject({ origin: 'imported', deliveries: { total: 0 } })
    expect(newest!.captureNote).toMatch(/^Imported from shop\.har, where it is dated 20/)
  },
)

it('RPL-5 exports chosen events alone, each with its deliveries and attempts where they are asked for', async () => {
  const rig = await startExchangeRig()
  // Tried once, so that there is one attempt however long this takes.
  const local = { name: 'Local', url: 'http://127.0.0.1:9/hooks', eventTypes: ['order.*'], policy: 'once' }
  await rig.json('POST', '/endpoints', local)
  const [first] = [await compose(rig, BODIES[0]!), await compose(rig, BODIES[0]!)]
  await expect
    .poll(
      async () =>
        (await rig.json<{ items: { attempts: number }[] }>('GET', `/deliveries?eventId=${first}`)).items[0]?.attempts,
    )
    .toBe(1)
  const lines = (await exportText(rig, { format: 'json-lines', eventIds: [first] })).trim().split('\n')
  expect(lines.map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual(['hookloop-events', 'event', 'end'])
  expect(JSON.parse(lines[1]!)).toMatchObject({
    id: first,
    deliveries: [{ endpoint: 'Local', attempts: [{ number: 1, outcome: 'failed', request: { method: 'POST' } }] }],
  })
  const har = JSON.parse(await exportText(rig, { format: 'har', eventIds: [first] })) as { log: { entries: object[] } }
  expect(har.log.entries).toMatchObject([
    { _hookloop: { kind: 'event', eventId: first }, request: { url: 'http://127.0.0.1:4781/' } },
    { _hookloop: { kind: 'attempt', attempt: 1 }, request: { url: 'http://127.0.0.1:9/hooks' } },
  ])
  const without = await exportText(rig, { format: 'json-lines', eventIds: [first], deliveries: false })
  expect(without).toContain('"deliveries":[]')
  // Attempts are no events: they are told, and left out.
  const run = await sendFile(rig, JSON.stringify(har))
  expect(run.summary).toMatchObject({ events: 1, leftOut: 1 })
})

const HAR = {
  log: {
    version: '1.2',
    creator: { name: 'WebInspector', version: '537.36' },
    pages: [{ id: 'page_1' }],
    entries: [
      {
        startedDateTime: '2026-11-20T10:00:00.000Z',
        request: {
          method: 'GET',
          url: 'https://shop.example.com/',
          httpVersion: 'h2',
          headers: [
            { name: ':authority', value: 'shop.example.com' },
            { name: 'Cookie', value: 'session=abc' },
          ],
        },
        response: { status: 200, content: { text: 'x'.repeat(1_000) } },
      },
      {
        startedDateTime: '2026-11-20T10:00:01.000Z',
        request: {
          method: 'POST',
          url: 'https://shop.example.com/hooks/a%2Fb?token=t0p&x=1#part',
          httpVersion: 'HTTP/1.1',
          headers: [
            { name: 'Authorization', value: 'Bearer s3cret' },
            { name: 'X-Hub-Signature-256', value: 'sha256=abc' },
          ],
          postData: { mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'a b', value: 'c&d' }] },
        },
      },
    ],
  },
}

it('SE25 a browser’s HAR is taken with its secrets flagged and hidden, unless they are asked for', async () => {
  const rig = await startExchangeRig()
  const checked = await sendFile(rig, JSON.stringify(HAR), 100)
  expect(checked).toMatchObject({
    state: 'checked',
    summary: { format: 'har', events: 2, withBody: 1, secrets: 3, firstAt: '2026-11-20T10:00:00.000Z' },
  })
  expect(await kept(rig, 'imported')).toEqual([])
  await importFile(rig, JSON.stringify(HAR), { only: 'with-body' })
  const [hidden, ...others] = await kept(rig, 'imported')
  expect(others).toEqual([])
  expect(hidden).toMatchObject({
    type: 'request',
    method: 'POST',
    path: '/hooks/a%2Fb',
    query: 'token=<secret>&x=1',
    headers: [
      ['Authorization', 'Bearer <secret>'],
      ['X-Hub-Signature-256', 'sha256=abc'],
    ],
    contentType: 'application/x-www-form-urlencoded',
  })
  await importFile(rig, JSON.stringify(HAR), { secrets: 'included' })
  const all = await kept(rig, 'imported')
  expect(all).toHaveLength(3)
  expect(all[0]!.query).toBe('token=t0p&x=1')
  expect(all[1]!.headers).toEqual([['Cookie', 'session=abc']])
})

it('RPL-5 an export hides what lets somebody in, unless it is asked for; who asked is on record', async () => {
  const rig = await startExchangeRig()
  await importFile(rig, JSON.stringify(HAR), { secrets: 'included' })
  for (const format of ['har', 'json-lines']) {
    const text = await exportText(rig, { format })
    for (const secret of ['s3cret', 't0p', 'session=abc']) expect(text).not.toContain(secret)
    expect(text).toContain('sha256=abc')
    expect(await exportText(rig, { format, secrets: 'included' })).toContain('s3cret')
  }
  const log = await rig.json<{ items: { action: string; detail: { facts: object } }[] }>('GET', '/audit?limit=50')
  const made = log.items.filter(({ action }) => action === 'export.create')
  expect(made.map(({ detail }) => detail.facts)).toContainEqual(
    expect.objectContaining({ secrets: 'included', format: 'har' }),
  )
})

it('SE25 what is canceled leaves no event and no file, whether it was on its way, checked or half kept', async () => {
  const rig = await startExchangeRig()
  const entries = Array.from({ length: 3_000 }, () => HAR.log.entries[1])
  const file = JSON.stringify({ log: { ...HAR.log, entries } })
  const open = await rig.json<{ id: string }>('POST', '/imports', { fileName: 'a', sizeBytes: 10 })
  expect(await rig.json('POST', `/imports/${open.id}/cancel`)).toMatchObject({ state: 'canceled' })
  const checked = await sendFile(rig, file)
  expect(await rig.json('POST', `/imports/${checked.id}/cancel`)).toMatchObject({ state: 'canceled' })
  const { id } = await sendFile(rig, file)
  await rig.json('POST', `/imports/${id}/start`, {})
  expect(await rig.json('POST', `/imports/${id}/cancel`)).toMatchObject({ state: 'canceled' })
  expect(await kept(rig, 'imported')).toEqual([])
  expect(existsSync(`${rig.folder}/${id}.in`) || existsSync(`${rig.folder}/${id}.staged`)).toBe(false)
  expect(await rig.json('POST', `/imports/${id}/start`, {})).toMatchObject({ error: { code: 'exchange_state' } })
})
