import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLiveFeed, type LiveFeed } from '#main/api/live-feed/live-feed.ts'
import { ownerCaller } from '#main/engine/engine.ts'
import { createPortCarrier } from '#main/api/port/serve-port.ts'
import type { Log } from '#main/engine/ports.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'
import { createFakeClock, type FakeClock, settle } from '#test/support/fake-clock.ts'
import { silentLog } from '#test/support/silent-log.ts'

describe('the API over a port', () => {
  let rig: ApiRig
  let page: MessagePort
  let dropped: number
  let clock: FakeClock
  let live: LiveFeed
  const log: Log = { ...silentLog, warn: () => (dropped += 1) }

  beforeEach(async () => {
    dropped = 0
    rig = await startApiRig()
    const { port1, port2 } = new MessageChannel()
    const { engine, info } = rig
    clock = createFakeClock()
    live = createLiveFeed({ engine, clock, log })
    createPortCarrier()(port1, { engine, live, info, log, actor: ownerCaller('window', null), projectRef: null })
    port1.start()
    page = port2
  })
  afterEach(async () => {
    page.close()
    live.close()
    await rig.stop()
  })

  const answerTo = (id: string) =>
    new Promise<unknown>((resolve) => {
      page.on('message', (text: string) => {
        const message = JSON.parse(text) as { i: string; p: unknown }
        if (message.i === id) resolve(message.p)
      })
    })

  it('SE29 survives whatever a page sends that is not a call, and goes on answering', async () => {
    const garbage: unknown[] = [
      undefined,
      null,
      1,
      10n,
      true,
      'x',
      '{}',
      '[]',
      'null',
      {},
      [1],
      new Uint8Array([0xff, 1]),
      '{"i":1}',
      '{"i":"1","t":1,"p":{}}',
      '{"i":"1","p":{"u":"::::"}}',
      '{"i":"1","p":{"u":"https://evil.example/"}}',
      '{"i":"1","t":3}',
      '{"i":"1","t":9}',
      '{"i":{},"p":{"u":1}}',
      '{"i":"1","p":{"u":"/projects/list","h":{"content-type":"multipart/form-data; boundary=x"}}}',
      '{"i":"1","p":{"u":"/projects/list","h":{"Content-Disposition":"attachment"}}}',
      '{"i":"1","p":{"u":"/projects/list","h":{"last-event-id":5}}}',
    ]
    const answer = answerTo('good')
    for (const message of garbage) page.postMessage(message)
    page.postMessage('{"i":"good","p":{"u":"/projects/list","b":{}}}')
    expect(await answer).toMatchObject({ b: { json: { items: [{ slug: 'default' }] } } })
    expect(dropped).toBe(garbage.length)
  })

  it('SE29 answers calls that mean nothing, instead of throwing', async () => {
    const calls: [string, unknown][] = [
      ['unknown', { u: '/no/such' }],
      ['prototype', { u: '/__proto__/toString' }],
      ['constructor', { u: '/constructor' }],
      ['no input', { u: '/sources/create' }],
      ['odd meta', { u: '/sources/create', b: { json: {}, meta: [[99, 'a', 'b'], 'x', null] } }],
      ['file meta', { u: '/sources/create', b: { json: {}, maps: [['a']], meta: [] } }],
    ]
    for (const [id, p] of calls) {
      const answer = answerTo(id)
      page.postMessage(JSON.stringify({ i: id, p }))
      expect(await answer, id).toMatchObject({ s: expect.any(Number) })
    }
  })

  it('ends the feed of a page that went away, as on a reload', async () => {
    const followed = new Promise<void>((resolve) => {
      page.on('message', (text: string) => {
        if (text.includes('"ready"')) resolve()
      })
    })
    page.postMessage('{"i":"1","p":{"u":"/feed","b":{"json":{}}}}')
    await followed
    expect(clock.pending()).toEqual([])
    const closed = new Promise((resolve) => page.once('close', resolve))
    page.close()
    await closed
    await rig.call('POST', '/events', { type: 'a', data: 1 })
    await settle()
    // The feed lingers for a listener that may come back: nobody holds it any more.
    expect(clock.pending()).toContain(60_000)
  })

  it('SE33 lets no call reach a prototype', async () => {
    const answer = answerTo('meta')
    const b = {
      json: { name: 'a' },
      meta: [
        [1, '__proto__', 'polluted'],
        [1, 'constructor', 'prototype', 'polluted'],
      ],
    }
    page.postMessage(JSON.stringify({ i: 'meta', p: { u: '/projects/create', b } }))
    await answer
    expect({}).not.toHaveProperty('polluted')
  })
})
