import { describe, expect, it } from 'vitest'
import { type HeaderList, headerValue } from '#shared/model/header.ts'
import { renewIds } from '#main/engine/replay/edit/renew-ids.ts'
import { replacedSource } from '#main/engine/json/json-source.ts'
import { verify } from '#main/engine/signing/verify.ts'
import { withFreshTime } from '#main/engine/signing/fresh-time.ts'
import { linear } from '#main/providers/linear.ts'
import { standardWebhooks } from '#main/providers/standard-webhooks.ts'
import { createRunningEngine } from '../running-engine.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (body: Uint8Array) => new TextDecoder().decode(body)

const ORIGINAL: HeaderList = [
  ['Content-Type', 'application/json'],
  ['webhook-id', 'msg_original1'],
  ['webhook-timestamp', '1700000000'],
  ['webhook-signature', 'v1,b3JpZ2luYWw='],
]

async function createRig() {
  const rig = await createRunningEngine()
  const { endpoint, secret } = await rig.engine.endpoints.create(
    rig.project.id,
    { name: 'receiver', url: 'http://receiver.test/hook', eventTypes: ['nothing.matches'] },
    rig.actor,
  )
  const { event } = await rig.capture([...ORIGINAL])
  const replay = async (edit: { headers?: HeaderList; body?: Uint8Array; freshIds?: boolean }, resign = true) => {
    const made = await rig.engine.replays.create(
      rig.project.id,
      {
        selection: { eventIds: [event.id] },
        endpointIds: [endpoint.id],
        edit: { freshIds: true, ...edit },
        resign,
        ratePerSecond: null,
      },
      rig.actor,
    )
    await rig.clock.advance(0)
    return { ...made, sent: rig.sent.at(-1)! }
  }
  return { ...rig, secret: secret!, event, replay }
}

describe('an edited replay', () => {
  it('RPL-2 is an event of its own that points at the first, which stays as it came', async () => {
    const rig = await createRig()
    const { replay, sent } = await rig.replay({ body: bytes('{"audit_id":"edited"}') })
    expect(text(sent.body)).toBe('{"audit_id":"edited"}')
    const edited = await rig.engine.events.get(rig.project.id, replay.editedEventId!)
    expect(edited.event).toMatchObject({ origin: 'composed', editedFrom: rig.event.id, type: rig.event.type })
    expect(text(await rig.engine.events.body(edited.event))).toBe('{"audit_id":"edited"}')
    expect((await rig.engine.events.get(rig.project.id, rig.event.id)).event).toEqual(rig.event)
    expect(text(await rig.engine.events.body(rig.event))).toBe('{"audit_id":"aud_1"}')
    expect(replay.selection).toEqual({ eventIds: [rig.event.id] })
    expect(await rig.listed({ replayId: replay.id })).toMatchObject([{ eventId: edited.event.id }])
  })

  it('RPL-2 is signed anew under an id and a time of its own, so that its receiver takes it', async () => {
    const rig = await createRig()
    await rig.clock.advance(3_600_000)
    const { replay, sent } = await rig.replay({ body: bytes('{"audit_id":"edited"}') })
    expect(headerValue(sent.headers, 'webhook-id')).toBe(replay.editedEventId)
    const judged = verify(standardWebhooks.signing!, {
      secrets: [rig.secret],
      method: 'POST',
      url: sent.url,
      headers: sent.headers,
      body: sent.body,
      nowMs: rig.clock.now(),
    })
    expect(judged.verdict).toBe('valid')
  })

  it('RPL-2 sends the headers as they were edited, and the signature of then where that is kept', async () => {
    const rig = await createRig()
    const headers: HeaderList = [...ORIGINAL, ['X-Added', 'by hand']]
    const { sent } = await rig.replay({ headers }, false)
    for (const [name, value] of headers) expect(headerValue(sent.headers, name)).toBe(value)
    expect(text(sent.body)).toBe('{"audit_id":"aud_1"}')
  })

  it('names the field that cannot be sent, and edits one event at a time', async () => {
    const rig = await createRig()
    const broken = rig.replay({ headers: [['X-Broken', 'a\r\nb']] })
    await expect(broken).rejects.toMatchObject({ field: 'edit.headers.0.1' })
    const many = rig.engine.replays.create(
      rig.project.id,
      { selection: { filter: '' }, edit: { freshIds: true }, resign: true, ratePerSecond: null },
      rig.actor,
    )
    await expect(many).rejects.toMatchObject({ field: 'edit' })
  })
})

describe('what is renewed in a message', () => {
  const message = (body: string, headers: HeaderList = []) => ({ headers, body: bytes(body) })
  const random = { fraction: () => 0.5 }

  it('RPL-2 is the id in body and headers, and no other byte', () => {
    const recognition = { eventType: [], messageId: [{ header: 'X-Id' }, { json: 'event.id' }] }
    const original = message('{ "event" : {"id":"evt_1a", "n": 1.0e3},\n"x":9007199254740993 }', [['x-id', 'evt_1a']])
    const renewed = renewIds({ recognition }, { original, edited: original }, random)
    const id = headerValue(renewed.headers, 'X-Id')!
    expect(id).toMatch(/^evt_[0-9a-f]{2}$/)
    expect(id).not.toBe('evt_1a')
    expect(text(renewed.body)).toBe(text(original.body).replace('evt_1a', id))
  })

  it('RPL-2 is not an id that was edited by hand', () => {
    const recognition = { eventType: [], messageId: [{ json: 'id' }] }
    const edited = message('{"id":"mine"}')
    expect(renewIds({ recognition }, { original: message('{"id":"evt_1"}'), edited }, random)).toEqual(edited)
  })

  it('RPL-2 is the time in the body where the receiver judges it', () => {
    const scheme = linear.signing!
    const body = bytes('{"a": 1,  "webhookTimestamp": 1700000000000, "b":[1.50]}')
    expect(text(withFreshTime(scheme, body, 1_800_000_000_000))).toBe(
      '{"a": 1,  "webhookTimestamp": 1800000000000, "b":[1.50]}',
    )
    expect(text(withFreshTime(scheme, bytes('{"a":1}'), 1))).toBe('{"a":1}')
    expect(text(withFreshTime(scheme, bytes('no json'), 1))).toBe('no json')
  })

  it.each([
    ['{"a":{"b":[1,{"c":"x"}]}}', 'a.b.1.c', '{"a":{"b":[1,{"c":NEW}]}}'],
    ['[ 1 , 2 ]', '1', '[ 1 , NEW ]'],
    ['{"a":1,"a":2}', 'a', '{"a":1,"a":NEW}'],
    ['{"a":1}', 'a.b', null],
    ['{"a":1}', 'b', null],
    ['{"a":[]}', 'a.0', null],
    ['{', 'a', null],
  ])('replaces one value of %s at %s', (source, path, result) => {
    expect(replacedSource(source, path, 'NEW')).toBe(result)
  })
})
