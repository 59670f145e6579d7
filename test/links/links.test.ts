import { createHash } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { EventDetail } from '#shared/contract/events.ts'
import type { EventTrail } from '#shared/contract/links/subscriptions.ts'
import { startReceiver } from '#test/support/receiver.ts'
import { hmacOf, json, startMachineEnd, startRelayEnd, until, type MachineEnd, type RelayEnd } from './link-rig.ts'

const isLive = async (machine: MachineEnd) => (await machine.links()).every(({ state }) => state === 'live')
const isUpToDate = async (relay: RelayEnd) =>
  (await relay.subscriptions()).every(({ state, lag }) => state === 'live' && lag.events === 0)
const typesOf = async (machine: MachineEnd) => (await machine.events()).map(({ type }) => type)

describe('A link', () => {
  it('REL-2 CAP-8 brings an event byte for byte with its headers and its verdict, and sends it on here', async () => {
    const relay = await startRelayEnd()
    const machine = await startMachineEnd(relay)
    const receiver = await startReceiver()
    onTestFinished(() => receiver.close())
    const app = { name: 'App', url: receiver.url, eventTypes: ['*'], provider: 'none' }
    await json(machine, 'POST', '/endpoints', app)
    const link = await machine.link()
    expect(link).toMatchObject({ source: 'shop', remoteSource: 'shop', enabled: true, reports: true })
    expect(JSON.stringify(link)).not.toContain('hlk_')
    await until([machine.engine], () => isLive(machine))

    const small = Uint8Array.from({ length: 256 }, (_, index) => index)
    const large = Uint8Array.from({ length: 400_000 }, (_, index) => (index * 7) % 251)
    const headers = [
      ['X-Dup', '1'],
      ['x-DUP', 'é'],
      ['Content-Type', 'application/octet-stream'],
    ] as const
    for (const body of [small, large]) {
      await relay.capture({
        body,
        headers: [...headers, ['X-Signature', hmacOf(body)]] as never,
        path: '/in/shop/a%20b',
      })
    }
    await receiver.waitFor(2)
    expect(receiver.requests.map(({ body }) => sha256(body))).toEqual([small, large].map(sha256))

    const [event] = await machine.events()
    const detail = await json<EventDetail>(machine, 'GET', `/events/${event!.id}`)
    const [original] = (await json<{ items: EventDetail[] }>(relay, 'GET', '/events')).items.toReversed()
    const there = await json<EventDetail>(relay, 'GET', `/events/${original!.id}`)
    expect(detail).toMatchObject({
      origin: 'relayed',
      source: 'shop',
      path: '/in/shop/a%20b',
      remoteAddress: '203.0.113.7',
      hops: 1,
      headers: there.headers,
      receivedAt: there.receivedAt,
      bodySha256: there.bodySha256,
      verdict: {
        verdict: 'valid',
        provider: 'shop',
      },
    })
    const trail = await json<EventTrail>(machine, 'GET', `/events/${event!.id}/trail`)
    expect(trail).toMatchObject({ relayed: { remoteId: there.id }, outcomes: [] })

    await until([relay.engine, machine.engine], async () => (await trailOf(relay, there.id)).outcomes.length > 0)
    expect((await trailOf(relay, there.id)).outcomes).toMatchObject([
      { subscriber: 'laptop', target: 'App', state: 'succeeded', attempts: 1, lastStatus: 200 },
    ])
  })

  it('REL-2 gets in order what came while it was away, and only what its filter takes', async () => {
    const relay = await startRelayEnd()
    await relay.capture({ type: 'order.early' })
    const machine = await startMachineEnd(relay)
    const { id } = await machine.link({ start: 'beginning', filter: '-type:noise.*' })
    await until([machine.engine], async () => (await machine.events()).length === 1)
    await json(machine, 'PATCH', `/links/${id}`, { enabled: false })
    await until([machine.engine, relay.engine], async () => (await relay.subscriptions())[0]?.state === 'away')
    expect((await machine.links())[0]).toMatchObject({ state: 'off', reason: null })
    for (const type of ['order.1', 'noise.1', 'order.2', 'noise.2', 'order.3']) await relay.capture({ type })
    expect((await relay.subscriptions())[0]?.lag).toMatchObject({ events: 5, isMore: false, missed: 0 })
    await json(machine, 'PATCH', `/links/${id}`, { enabled: true })
    await until([machine.engine], async () => (await machine.events()).length === 4)
    expect(await typesOf(machine)).toEqual(['order.early', 'order.1', 'order.2', 'order.3'])
  })

  it('REL-4 is named as stalled at both ends once nothing comes through, and loses nothing', async () => {
    const relay = await startRelayEnd()
    const machine = await startMachineEnd(relay)
    await machine.link()
    await until([machine.engine], () => isLive(machine))
    await relay.capture({ type: 'before' })
    await until([machine.engine, relay.engine], () => isUpToDate(relay))

    relay.proxy.blackHole()
    await relay.capture({ type: 'into.the.dark' })
    const states = async () => [(await machine.links())[0]!.state, (await relay.subscriptions())[0]!.state]
    await until([machine.engine, relay.engine], async () => String(await states()) === 'stalled,stalled')
    expect((await machine.links())[0]).toMatchObject({
      reason: expect.stringContaining('Nothing was heard of the relay'),
      lastHeardAt: expect.any(String),
    })
    expect((await relay.subscriptions())[0]).toMatchObject({ subscribers: [], lastEnd: { cause: 'silent' } })

    relay.proxy.heal()
    await until([machine.engine], async () => (await machine.events()).length === 2)
    await until([machine.engine, relay.engine], () => isUpToDate(relay))
    expect(await typesOf(machine)).toEqual(['before', 'into.the.dark'])
    const dark = (await machine.events())[1]!
    expect((await trailOf(machine, dark.id)).relayed).toMatchObject({ sends: 2, cause: 'silent' })
    expect((await relay.subscriptions())[0]).toMatchObject({
      state: 'live',
      lag: { events: 0 },
      repeats: { silent: 1 },
    })
  })

  it('REL-2 brings everything once through cuts, a restart of the relay’s connections, and repeats with a cause', async () => {
    const relay = await startRelayEnd()
    const machine = await startMachineEnd(relay)
    await machine.link()
    await until([machine.engine], () => isLive(machine))
    const types = Array.from({ length: 300 }, (_, index) => `n.${index}`)
    for (const [index, type] of types.entries()) {
      await relay.capture({ type })
      if (index % 75 === 74) relay.proxy.cut()
    }
    await until([machine.engine], async () => (await machine.events()).length === types.length)
    expect(await typesOf(machine)).toEqual(types)
    await until([relay.engine, machine.engine], async () => (await relay.subscriptions())[0]!.lag.events === 0)
    const causes = Object.keys((await relay.subscriptions())[0]!.repeats)
    expect(['connection_lost', 'silent']).toEqual(expect.arrayContaining(causes))
  })

  it('REL-2 gives each of two subscribers all, and the members of a group each a share', async () => {
    const relay = await startRelayEnd()
    const machines = [await startMachineEnd(relay), await startMachineEnd(relay)]
    for (const [index, machine] of machines.entries()) {
      await machine.link({ subscriber: `all-${index}`, name: 'All' })
      await machine.link({ subscriber: `member-${index}`, group: 'team', name: 'Share' })
    }
    const engines = [relay.engine, ...machines.map(({ engine }) => engine)]
    for (const machine of machines) await until(engines, () => isLive(machine))
    const types = Array.from({ length: 60 }, (_, index) => `n.${String(index).padStart(2, '0')}`)
    for (const type of types) await relay.capture({ type })
    const cameBy = async (name: string) =>
      Promise.all(
        machines.map(async (machine) => {
          const { source } = (await machine.links()).find((link) => link.name === name)!
          return (await machine.events()).filter((event) => event.source === source).map(({ type }) => type)
        }),
      )
    await until(engines, async () => (await cameBy('All')).every((came) => came.length === types.length))
    await until(engines, async () => (await cameBy('Share')).flat().length >= types.length)
    expect(await cameBy('All')).toEqual([types, types])
    const shares = await cameBy('Share')
    expect(shares.flat().toSorted()).toEqual(types)
    for (const share of shares) expect(share).toEqual(share.toSorted())
  })

  it('REL-2 gives the events of a member that dies in the middle to another one', async () => {
    const relay = await startRelayEnd()
    const [one, other] = [await startMachineEnd(relay), await startMachineEnd(relay)]
    await one.link({ subscriber: 'one', group: 'team' })
    const engines = [relay.engine, one.engine, other.engine]
    await until(engines, () => isLive(one))
    relay.proxy.blackHole()
    for (let index = 0; index < 5; index++) await relay.capture({ type: `n.${index}` })
    // Straight to the relay: the dark lies on the way of the first one alone.
    await other.link({ subscriber: 'other', group: 'team', url: relay.origin })
    await until(engines, async () => (await other.events()).length === 5)
    const sends = await Promise.all((await other.events()).map(async ({ id }) => (await trailOf(other, id)).relayed))
    expect(new Set(sends.map((relayed) => `${relayed!.sends} ${relayed!.cause}`))).toEqual(
      expect.toSatisfy(isExplained),
    )
  })
})

const trailOf = (end: MachineEnd | RelayEnd, id: string) => json<EventTrail>(end, 'GET', `/events/${id}/trail`)
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
/** First sends have no cause; each further one has. */
const isExplained = (sends: ReadonlySet<string>) =>
  [...sends].every((each) => each === '1 null' || /^2 silent$/.test(each))
