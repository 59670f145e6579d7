import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { LinkView } from '#shared/contract/links/links.ts'
import type { SubscriptionView } from '#shared/contract/links/subscriptions.ts'
import { ConnectLine } from '#main/cli/commands/connect/line.ts'
import { runCli } from '#main/cli/run-cli.ts'
import { start, type Running } from '#main/compose/start.ts'
import { keptPort } from '#test/support/kept-ports.ts'
import { startReceiver, type ReceiverScript } from '#test/support/receiver.ts'
import { type CliRig, startCliRig, VERSION } from './cli-rig.ts'
import { createFakeTerminal } from './fake-terminal.ts'

/** The Hookloop of this machine. */
let rig: CliRig
/** Another one, which others subscribe to. */
let relay: Running
let ports: { port: number; capturePort: number }
let key: string
beforeAll(async () => {
  rig = await startCliRig()
  ports = { port: await keptPort(), capturePort: await keptPort() }
  relay = await startRelay()
  const scopes = ['--name', 'Laptops', '--scopes', 'sources:subscribe']
  key = (await atRelay<{ secret: string }>('keys', 'create', ...scopes)).secret
})
afterAll(async () => {
  await relay.stop(1_000)
  await rig.stop()
})

function startRelay(): Promise<Running> {
  return start({
    ...ports,
    dataDirectory: join(rig.home, 'relay'),
    keyFile: join(rig.home, 'relay.key'),
    host: '127.0.0.1',
    uiDirectory: rig.home,
    version: VERSION,
    quiet: true,
  })
}

function atRelay<T>(...args: string[]): Promise<T> {
  return rig.json<T>(...args, '--url', relay.apiUrl, '--token', relay.token)
}

async function receiverThat(script: ReceiverScript = [{ status: 200 }]) {
  const receiver = await startReceiver({ script })
  onTestFinished(() => receiver.close())
  return receiver
}

const originOf = ({ apiUrl }: Running) => new URL(apiUrl).origin
const capture = (slug: string, body: string, type = 'order.paid') =>
  fetch(`${relay.captureUrl}/${slug}`, { method: 'POST', body, headers: { 'X-Event': type } })

async function subscriptionOf(name: string): Promise<SubscriptionView | undefined> {
  const answer = await fetch(`${relay.apiUrl}/subscriptions`, { headers: { authorization: `Bearer ${relay.token}` } })
  return ((await answer.json()) as { items: SubscriptionView[] }).items.find((each) => each.name === name)
}

async function linksHere(): Promise<LinkView[]> {
  const { apiUrl, token } = rig.running
  const answer = await fetch(`${apiUrl}/links`, { headers: { authorization: `Bearer ${token}` } })
  return ((await answer.json()) as { items: LinkView[] }).items
}

/** The words of a call; the key comes from the environment. */
function order(source: string, forwardTo: string, ...more: string[]): string[] {
  return ['connect', originOf(relay), '--source', source, '--forward-to', forwardTo, '--name', source, ...more]
}

const begin = (args: readonly string[]) => rig.begin(args, { env: { HOOKLOOP_RELAY_KEY: key } })

describe('hookloop connect', () => {
  it('REL-2 REL-3 brings a relay’s events to a server, in order, and tells each step as a line of JSON', async () => {
    const receiver = await receiverThat([{ status: 500 }, { status: 200 }])
    await atRelay('sources', 'create', 'lines')
    const { terminal, ended } = begin(order('lines', `${receiver.url}/hook`, '--json'))
    await terminal.untilPrinted(/"state":"live"/)
    for (const number of [1, 2, 3]) await capture('lines', `{"n": ${number} }`)
    await receiver.waitFor(4)
    // The first one is tried again before the next goes out.
    expect(receiver.requests.map(({ body }) => body.toString())).toEqual(
      [1, 1, 2, 3].map((number) => `{"n": ${number} }`),
    )
    await terminal.untilPrinted(/"lag":\{"events":0[^\n]*\n[^]*("state":"succeeded"[^]*){3}/)
    expect(await subscriptionOf('lines')).toMatchObject({ state: 'live', subscribers: [{ version: VERSION }] })
    terminal.stop()
    const { code, stdout, stderr } = await ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => ConnectLine.parse(JSON.parse(line)))
    expect(lines[0]).toMatchObject({ type: 'connecting', remoteSource: 'lines', subscriber: 'lines', relay: 'running' })
    expect(lines.filter(({ type }) => type === 'event.captured')).toHaveLength(3)
    expect(stdout).not.toContain(key)
  })

  it('REL-2 brings first what came while nobody was connected, from where it ended', async () => {
    const receiver = await receiverThat()
    await atRelay('sources', 'create', 'away')
    const words = order('away', receiver.url)
    const first = begin(words)
    await first.terminal.untilPrinted(/link live {2}Hookloop 9\.9\.9/)
    first.terminal.stop()
    expect((await first.ended).stderr).toContain('Forwarding is paused.')
    expect((await linksHere()).find(({ source }) => source === 'away')).toMatchObject({ state: 'off', enabled: false })
    await capture('away', '{"missed":1}')
    expect(await subscriptionOf('away')).toMatchObject({ state: 'away', lag: { events: 1 } })
    const second = begin(words)
    await second.terminal.untilPrinted(/→ succeeded {2}200/)
    second.terminal.stop()
    expect((await second.ended).stdout).toContain(`${originOf(relay)} away → ${receiver.url}, as “away”\n`)
    expect(receiver.requests).toHaveLength(1)
    expect((await linksHere()).filter(({ source }) => source.startsWith('away'))).toHaveLength(1)
  })

  it('REL-4 names the end of a relay at once, and goes on once it is back', async () => {
    const receiver = await receiverThat()
    await atRelay('sources', 'create', 'restarts')
    const { terminal, ended } = rig.begin(order('restarts', receiver.url), {
      env: { HOOKLOOP_RELAY_KEY: key },
      size: { columns: 120, rows: 30 },
    })
    await terminal.untilPrinted(/link .*live/)
    await terminal.untilPrinted(/●.* live · up to date · no event yet/)
    await relay.stop(1_000)
    await terminal.untilPrinted(/waiting.* {2}The relay ended it: The relay stops\./)
    relay = await startRelay()
    await terminal.untilPrinted(/waiting[^]*link .*live/)
    await capture('restarts', '{}')
    await terminal.untilPrinted(/succeeded/)
    terminal.stop()
    expect((await ended).code).toBe(0)
  })

  it('REL-3 runs a Hookloop of its own where none runs, and takes its data away with it', async () => {
    const receiver = await receiverThat()
    await atRelay('sources', 'create', 'own')
    await capture('own', '{"before":true}')
    const terminal = createFakeTerminal({ env: { HOOKLOOP_DATA: join(rig.home, 'nowhere'), HOOKLOOP_RELAY_KEY: key } })
    const words = order('own', receiver.url, '--temporary', '--from', 'beginning', '--port', '0', '--capture-port', '0')
    const ended = runCli(words, { version: VERSION, terminal })
    await receiver.waitFor(1)
    terminal.stop()
    expect(await ended).toBe(0)
    expect(receiver.requests[0]?.body.toString()).toBe('{"before":true}')
  })

  it('REL-3 ends with 4 and leaves nothing behind where the relay refuses, with 3 where nothing answers', async () => {
    const before = await linksHere()
    const wrong = await rig.run(order('lost', rig.receiver.url), { env: { HOOKLOOP_RELAY_KEY: `${key}x` } })
    expect(wrong).toMatchObject({ code: 4, stderr: expect.stringContaining('The relay refuses') as string })
    const noSource = await begin(order('nothing', rig.receiver.url, '--json')).ended
    expect(noSource).toMatchObject({ code: 4, stderr: expect.stringContaining('“nothing”') as string })
    expect(JSON.parse(noSource.stderr)).toMatchObject({ error: { code: 'link_refused' } })
    const nobody = ['connect', 'http://127.0.0.1:1', '--source', 'x', '--forward-to', rig.receiver.url, '--key', key]
    const unreached = await rig.run(nobody)
    expect(unreached.code).toBe(3)
    expect(unreached.stderr).toContain('A key on the command line can be read by others')
    expect(await linksHere()).toEqual(before)
    const { items } = await rig.json<{ items: { name: string }[] }>('endpoints')
    expect(items.filter(({ name }) => /lost|nothing|: x/.test(name))).toEqual([])
  })

  it('REL-3 helps, with examples of itself, and says what is wrong with its words', async () => {
    const { code, stdout } = await rig.run(['connect', '--help'])
    expect(code).toBe(0)
    expect(stdout.split('\nExamples:\n')[1]).toContain('hookloop connect https://')
    const wrong = [
      ['connect'],
      order('x', 'localhost'),
      order('x', rig.receiver.url, '--from', 'whenever'),
      order('x', rig.receiver.url, '--group', ' '),
      ['connect', 'hooks.example.com', '--source', 'x', '--forward-to', rig.receiver.url],
    ]
    for (const words of wrong) expect(await begin(words).ended).toMatchObject({ code: 2, stdout: '' })
    expect((await rig.run(order('x', rig.receiver.url))).stderr).toContain('--key env:NAME')
  })
})
