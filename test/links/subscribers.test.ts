import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { EventTrail, SubscriptionView } from '#shared/contract/links/subscriptions.ts'
import type { LinkFrame } from '#shared/model/link/frames.ts'
import { readFrames } from '#main/engine/links/session/read-frames.ts'
import { bearing } from '#test/access/key-calls.ts'
import { startReceiver } from '#test/support/receiver.ts'
import { json, QUICK, startMachineEnd, startRelayEnd, until, type MachineEnd, type RelayEnd } from './link-rig.ts'

const stateOf = async (machine: MachineEnd) => (await machine.links())[0]!.state
const isLive = async (machine: MachineEnd) => (await stateOf(machine)) === 'live'

describe('A subscription', () => {
  it('REL-4 belongs to one machine: a second one of that name takes it over, and the first is told', async () => {
    const relay = await startRelayEnd()
    const key = await relay.subscribingKey()
    const [first, second] = [await startMachineEnd(relay, key), await startMachineEnd(relay, key)]
    await first.link()
    await until([first.engine], () => isLive(first))
    await second.link()
    await until([first.engine, second.engine], async () => (await stateOf(first)) === 'refused')
    expect((await first.links())[0]).toMatchObject({
      reason: expect.stringContaining('Another machine subscribes as “laptop”'),
      hint: 'Give each machine a subscriber name of its own.',
    })
    await until([second.engine], () => isLive(second))
    await relay.capture()
    await until([second.engine], async () => (await second.events()).length === 1)
    expect(await first.events()).toEqual([])
    expect((await relay.subscriptions())[0]?.subscribers).toHaveLength(1)
  })

  it('REL-2 SEC-1 is refused to another key, unless that of before opens nothing any more', async () => {
    const relay = await startRelayEnd()
    const [owner, stranger] = [await startMachineEnd(relay), await startMachineEnd(relay)]
    await owner.link()
    await until([owner.engine], () => isLive(owner))
    for (const url of ['hooks', 'ftp://hooks.example.com', 'https://ada:pw@hooks.example.com'])
      await expect(stranger.link({ url })).rejects.toThrow(/https:\/\/hooks\.example\.com|a relay/i)
    const { id } = await stranger.link()
    await until([stranger.engine], async () => (await stateOf(stranger)) === 'refused')
    expect((await stranger.links())[0]).toMatchObject({
      reason: expect.stringContaining('“laptop” belongs to another key') as string,
      // It was heard: it said no.
      lastHeardAt: expect.any(String) as string,
    })
    expect((await relay.subscriptions())[0]?.state).toBe('live')
    const { items } = await json<{ items: { id: string }[] }>(relay, 'GET', '/keys')
    await json(relay, 'DELETE', `/keys/${items.at(-1)!.id}`)
    await until([owner.engine], async () => (await stateOf(owner)) === 'refused')
    await json(stranger, 'POST', `/links/${id}/reconnect`)
    await until([stranger.engine], () => isLive(stranger))
  })

  it('REL-2 passes on what a member of a group is there for and does not acknowledge', async () => {
    const relay = await startRelayEnd({ parts: { linkTimings: { ...QUICK, loanMs: 2_000 } } })
    const idle = await startIdleMember(relay)
    await relay.capture({ type: 'stuck' })
    expect(await idle.next('event')).toMatchObject({ event: { type: 'stuck' }, repeat: null })
    const machine = await startMachineEnd(relay)
    await machine.link({ subscriber: 'busy', group: 'team' })
    await until([machine.engine], async () => (await machine.events()).length === 1)
    const [event] = await machine.events()
    const { relayed } = await json<EventTrail>(machine, 'GET', `/events/${event!.id}/trail`)
    expect(relayed).toMatchObject({ sends: 2, cause: 'not_acknowledged' })
    await until([relay.engine, machine.engine], async () => (await relay.subscriptions())[0]!.lag.events === 0)
    expect((await relay.subscriptions())[0]?.repeats).toEqual({ not_acknowledged: 1 })
    expect((await relay.subscriptions())[0]?.subscribers.map(({ name }) => name).toSorted()).toEqual(['busy', 'idle'])
  })

  it('REL-4 names the versions where relay and machine cannot talk', async () => {
    const relay = await startRelayEnd()
    const wish = { source: 'shop', name: 'old', version: '0.0.1', protocol: 0 }
    const refused = await relay.call('POST', '/subscriptions', wish)
    expect(refused.status).toBe(409)
    expect(await refused.json()).toMatchObject({
      error: { code: 'version_mismatch', message: expect.stringContaining('This relay, Hookloop 1.4.0, speaks') },
    })
    const machine = await startMachineEnd(relay)
    await machine.link({ url: await startOldRelay() })
    await until([machine.engine], async () => (await stateOf(machine)) === 'refused')
    expect((await machine.links())[0]).toMatchObject({
      reason: expect.stringContaining('runs Hookloop 1.0.0, which nobody can subscribe to yet'),
      hint: 'Update Hookloop on the relay.',
    })
  })

  it('REL-4 tells a machine that is there when it, or its source, is deleted', async () => {
    const relay = await startRelayEnd()
    const machine = await startMachineEnd(relay)
    const { id } = await machine.link()
    await until([machine.engine], () => isLive(machine))
    const [subscription] = await relay.subscriptions()
    await json(relay, 'DELETE', `/subscriptions/${subscription!.id}`)
    await until([machine.engine], async () => (await stateOf(machine)) === 'refused')
    expect((await machine.links())[0]?.reason).toContain('The subscription was deleted.')
    await json(machine, 'POST', `/links/${id}/reconnect`)
    await until([machine.engine], () => isLive(machine))
    await json(relay, 'DELETE', '/sources/shop')
    await until([machine.engine], async () => (await machine.links())[0]!.reason?.includes('source') === true)
    expect(await stateOf(machine)).toBe('refused')
    expect(await relay.subscriptions()).toEqual([])
  })

  it('REL-2 learns anew what became of an event that was retried by hand at the machine', async () => {
    const relay = await startRelayEnd()
    const machine = await startMachineEnd(relay)
    const receiver = await startReceiver({ script: [{ status: 400 }, { status: 200 }] })
    onTestFinished(() => receiver.close())
    await machine.link()
    const endpoint = {
      name: 'App',
      url: receiver.url,
      eventTypes: ['*'],
      provider: 'none',
      condition: { source: 'shop' },
    }
    await json(machine, 'POST', '/endpoints', endpoint)
    await until([machine.engine], () => isLive(machine))
    await relay.capture()
    const [event] = (await json<{ items: { id: string }[] }>(relay, 'GET', '/events')).items
    const outcome = async () => (await json<EventTrail>(relay, 'GET', `/events/${event!.id}/trail`)).outcomes[0]
    const engines = [relay.engine, machine.engine]
    await until(engines, async () => (await outcome())?.state === 'failed')
    const [delivery] = (await json<{ items: { id: string }[] }>(machine, 'GET', '/deliveries')).items
    await json(machine, 'POST', `/deliveries/${delivery!.id}/retry`)
    await until(engines, async () => (await outcome())?.state === 'succeeded')
    expect(await outcome()).toMatchObject({ subscriber: 'laptop', target: 'App', attempts: 2, lastStatus: 200 })
  })
})

/** A member of the group `team` that takes events, shows that it is there, and acknowledges nothing. */
async function startIdleMember(relay: RelayEnd) {
  const headers = bearing(await relay.subscribingKey())
  const hello = { version: '1.5.0', protocol: 1 }
  const wish = { source: 'shop', name: 'team', isGroup: true, ...hello }
  const made = await relay.call('POST', '/subscriptions', wish, headers)
  const { id } = (await made.json()) as SubscriptionView
  const gone = new AbortController()
  const query = new URLSearchParams({ subscriber: 'idle', version: '1.5.0', protocol: '1' })
  const answer = await fetch(`${relay.origin}/api/v1/subscriptions/${id}/events?${query}`, {
    headers: { ...headers, accept: 'text/event-stream' },
    signal: gone.signal,
  })
  const frames = readFrames(answer.body!)
  const waiting = new Map<string, PromiseWithResolvers<LinkFrame>>()
  const of = (type: string) => waiting.get(type) ?? waiting.set(type, Promise.withResolvers()).get(type)!
  let beat: NodeJS.Timeout | undefined
  void (async () => {
    for await (const frame of frames) {
      if (frame.type === 'hello') {
        const alive = { connection: frame.connection, eventIds: [] }
        beat = setInterval(
          () => void relay.call('POST', `/subscriptions/${id}/acknowledge`, alive, headers).catch(() => {}),
          QUICK.heartbeatMs,
        )
      }
      of(frame.type).resolve(frame)
    }
  })().catch(() => {})
  onTestFinished(() => {
    clearInterval(beat)
    gone.abort()
  })
  return { next: (type: LinkFrame['type']) => of(type).promise }
}

/** What a relay from before subscriptions answers. */
async function startOldRelay(): Promise<string> {
  const server = createServer(({ url }, response) => {
    const isDocument = url?.endsWith('/openapi.json')
    const body = isDocument
      ? { info: { version: '1.0.0' } }
      : { error: { code: 'not_found', message: 'There is no such route.' } }
    response.writeHead(isDocument ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
