import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { DeliveryView } from '#shared/contract/deliveries.ts'
import { ListenLine } from '#main/cli/commands/listen/line.ts'
import { openCanvas } from '#main/cli/commands/listen/screen/canvas.ts'
import { connect } from '#main/cli/connection.ts'
import { followForwarding } from '#main/cli/forwarding/changes.ts'
import { ensureEndpoint, resumeForwarding } from '#main/cli/forwarding/endpoint.ts'
import type { FeedOrder } from '#main/cli/live/follow-feed.ts'
import { startReceiver, type ReceiverScript } from '#test/support/receiver.ts'
import { type CliRig, startCliRig } from './cli-rig.ts'
import { createFakeTerminal, type FakeTerminal } from './fake-terminal.ts'
import { newEndpoint, newEvent } from './rows/row.ts'

let rig: CliRig
beforeAll(async () => {
  rig = await startCliRig()
})
afterAll(() => rig.stop())

const SIZE = { columns: 100, rows: 40 }

async function receiverThat(script: ReceiverScript) {
  const receiver = await startReceiver({ script })
  onTestFinished(() => receiver.close())
  return receiver
}

function capture(slug: string, body: string, headers: Record<string, string> = {}) {
  return fetch(`${rig.running.captureUrl}/${slug}/orders`, { method: 'POST', body, headers })
}

/** What the terminal shows: each line as it was last written. */
function screenOf(terminal: FakeTerminal): string {
  const lines: string[] = []
  // oxlint-disable-next-line no-control-regex -- what moves the cursor is looked for
  for (const [, row, text = ''] of terminal.printed().stdout.matchAll(/\u001b\[(\d+);1H(.*?)\u001b\[0m\u001b\[K/gs)) {
    // oxlint-disable-next-line no-control-regex -- colours are taken away
    lines[Number(row) - 1] = text.replace(/\u001b\[\d+m/g, '')
  }
  return lines.join('\n')
}

/** Resolves with the screen once it shows what is looked for; where time runs out, the screen stands in the error. */
function watch(terminal: FakeTerminal, signal: AbortSignal) {
  return async (pattern: RegExp): Promise<string> => {
    const late = new Promise<never>((_, fail) => {
      signal.addEventListener('abort', () => fail(new Error(`${pattern} is not shown:\n${screenOf(terminal)}`)))
    })
    while (!pattern.test(screenOf(terminal))) await Promise.race([terminal.untilMore(), late])
    return screenOf(terminal)
  }
}

describe('hookloop listen, in lines', () => {
  it('REL-3 CAP-8 makes a source, captures, forwards byte for byte, and tells each step as a line of JSON', async () => {
    const receiver = await receiverThat([{ status: 200 }])
    const order = ['listen', '--forward-to', `${receiver.url}/hook`, '--source', 'lines', '--json']
    const { terminal, ended } = rig.begin(order)
    await terminal.untilPrinted(/"listening"/)
    await capture('lines', '{"a": 1 }', { 'X-Sender': 'As-It-Came' })
    await capture('inbox', '{"elsewhere":true}')
    await terminal.untilPrinted(/"state":"succeeded"/)
    terminal.stop()
    const { code, stdout, stderr } = await ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => ListenLine.parse(JSON.parse(line)))
    expect(lines[0]).toMatchObject({ type: 'listening', forwardTo: `${receiver.url}/hook`, relay: 'running' })
    expect(lines.filter(({ type }) => type === 'event.captured')).toHaveLength(1)
    expect(lines.at(-1)).toMatchObject({ type: 'delivery.changed', delivery: { state: 'succeeded', lastStatus: 200 } })
    expect(receiver.requests.map(({ body, target }) => [body.toString(), target])).toEqual([['{"a": 1 }', '/hook']])
    expect(receiver.requests[0]?.headers).toContainEqual(['X-Sender', 'As-It-Came'])
    expect(receiver.requests[0]?.headers.some(([name]) => name.startsWith('webhook-'))).toBe(false)
  })

  it('REL-2 holds what comes while nobody listens, and sends it first at the next call', async () => {
    const receiver = await receiverThat([{ status: 200 }])
    const order = ['listen', '--forward-to', receiver.url, '--source', 'away']
    const first = rig.begin(order)
    await first.terminal.untilPrinted(/Try it: curl/)
    first.terminal.stop()
    expect((await first.ended).stderr).toContain('Forwarding is paused.')
    await capture('away', '{"missed":1}')
    const second = rig.begin(order)
    await second.terminal.untilPrinted(/1 event that came meanwhile goes out now\./)
    await receiver.waitFor(1)
    await second.terminal.untilPrinted(/→ succeeded {2}200/)
    second.terminal.stop()
    await second.ended
    const { items } = await rig.json<{ items: { name: string }[] }>('endpoints')
    expect(items.filter(({ name }) => name.startsWith('listen: away'))).toHaveLength(1)
  })

  it('REL-2 holds what comes while it is set up, and forwards it once it would be seen', async () => {
    const receiver = await receiverThat([{ status: 200 }])
    const api = connect({}, { HOOKLOOP_DATA: join(rig.home, 'data') })
    await api.sources.create({ slug: 'early', name: 'Early' })
    const setup = await ensureEndpoint(api, {
      command: 'listen',
      slug: 'early',
      forwardTo: receiver.url,
      eventTypes: ['*'],
      policy: undefined,
      forwardPath: false,
    })
    await capture('early', '{"early":true}')
    const { items } = await api.deliveries.list({ endpointId: setup.endpoint.id })
    expect(items.map(({ state }) => state)).toEqual(['held'])
    const { notes, endpoint: resumed } = await resumeForwarding(api, setup)
    expect([resumed.state, ...notes]).toEqual(['active', '1 event that came meanwhile goes out now.'])
    await receiver.waitFor(1)
  })

  it('REL-2 tells what becomes of what was held, however fast it goes out', async () => {
    const source = await rig.json<{ id: string }>('sources', 'create', 'quiet')
    const id = await newEndpoint(rig, '--types', 'held.*')
    await rig.run(['endpoints', 'pause', id])
    const eventId = await newEvent(rig, 'held.event')
    const { items } = await rig.json<{ items: DeliveryView[] }>('deliveries', '--endpoint', id)
    const order: FeedOrder = {
      connect: () => connect({}, { HOOKLOOP_DATA: join(rig.home, 'data') }),
      signal: AbortSignal.any([]),
    }
    const begin = async () => {
      await rig.run(['endpoints', 'resume', id])
      await rig.untilDelivery(items[0]!.id, ({ state }) => state === 'succeeded')
      return { endpoint: await order.connect().endpoints.get({ id }), notes: ['It went out.'] }
    }
    const told: string[] = []
    for await (const change of followForwarding(order, { sourceId: source.id, endpointId: id, begin })) {
      if (change.type === 'begun') told.push(...change.notes)
      if (change.type === 'event.captured') told.push(change.event.id)
      if (change.type !== 'delivery.changed' || change.delivery.state !== 'succeeded') continue
      told.push(change.delivery.state)
      break
    }
    expect(told).toEqual(['It went out.', eventId, 'succeeded'])
  })

  it('CAP-5 REL-3 checks signatures where the sender and its secret are named, and tells why it fails', async () => {
    const receiver = await receiverThat([{ status: 404 }])
    const sender = ['--provider', 'github', '--secret', 'env:GITHUB_SECRET']
    const order = ['listen', '--forward-to', receiver.url, ...sender]
    const { terminal, ended } = rig.begin(order, { env: { GITHUB_SECRET: 's' } })
    await terminal.untilPrinted(/in\/github/)
    await capture('github', '{}', { 'X-GitHub-Event': 'push', 'X-Hub-Signature-256': 'sha256=00' })
    await terminal.untilPrinted(/push {2}invalid {2}2 B/)
    await terminal.untilPrinted(/push {2}→ failed {2}404/)
    const { id } = (await rig.json<{ items: { id: string; name: string }[] }>('endpoints')).items.find(({ name }) =>
      name.startsWith('listen: github'),
    )!
    await rig.run(['endpoints', 'pause', id])
    await terminal.untilPrinted(/Forwarding is paused \(manual\)\./)
    terminal.stop()
    const { code, stdout } = await ended
    expect(code).toBe(0)
    // A failure changes its endpoint as well, which goes on all the same.
    expect(stdout).not.toContain('Forwarding is active.')
    const other = ['listen', '--forward-to', receiver.url, '--source', 'github', '--provider', 'stripe']
    expect(await rig.run(other)).toMatchObject({ code: 2, stderr: expect.stringContaining('for github') as string })
  })

  it('REL-3 leaves no endpoint behind that its policy lets nobody resume', async () => {
    const limited = ['--policy', 'apifycloud']
    for (let count = 0; count < 3; count++) await newEndpoint(rig, '--types', 'none', ...limited)
    const refused = await rig.run(['listen', '--forward-to', rig.receiver.url, '--source', 'limited', ...limited])
    expect(refused).toMatchObject({ code: 4, stdout: '' })
    expect(refused.stderr).not.toContain('Forwarding')
    const { items } = await rig.json<{ items: { name: string }[] }>('endpoints')
    expect(items.filter(({ name }) => name.startsWith('listen: limited'))).toEqual([])
  })

  it('REL-3 helps, with examples of itself', async () => {
    const { code, stdout } = await rig.run(['listen', '--help'])
    expect(code).toBe(0)
    expect(stdout.split('\nExamples:\n')[1]).toContain('hookloop listen --forward-to')
  })

  it('REL-3 says what is wrong with its words, and ends with what the relay refuses', async () => {
    expect(await rig.run(['listen'])).toMatchObject({ code: 2 })
    expect(await rig.run(['listen', '--forward-to', 'localhost'])).toMatchObject({ code: 2 })
    const unknown = ['listen', '--forward-to', rig.receiver.url, '--source', 'x', '--provider', 'nobody']
    expect(await rig.run(unknown)).toMatchObject({ code: 4, stderr: expect.stringContaining('nobody') as string })
    const gone = ['listen', '--forward-to', rig.receiver.url, '--url', 'http://127.0.0.1:9', '--token', 'whatever']
    expect((await rig.run(gone)).code).toBe(3)
  })
})

describe('hookloop listen, on a terminal', () => {
  it('REL-3 draws nothing on a terminal that was given back', () => {
    const { stdout, printed } = createFakeTerminal({ size: SIZE })
    const canvas = openCanvas(stdout, () => {})
    canvas.draw(['first'])
    canvas.close()
    canvas.draw(['an answer that came late'])
    expect(printed().stdout).toContain('first')
    expect(printed().stdout.endsWith('\u001b[?25h\u001b[?1049l')).toBe(true)
  })

  it('REL-3 lists what comes, opens it, replays, pauses, filters and quits by keys', async ({ signal }) => {
    const receiver = await receiverThat(({ body }) => ({ status: body.includes('bad') ? 422 : 200 }))
    const order = ['listen', '--forward-to', receiver.url, '--source', 'keys', '--provider', 'standard-webhooks']
    const { terminal, ended } = rig.begin(order, { size: SIZE })
    const untilShown = watch(terminal, signal)
    expect(await untilShown(/● live/)).toMatch(/\/in\/keys → http.*\n[^]*Waiting for the first event\./)
    await capture('keys', '{"type":"order.paid","n":12345678901234567890}')
    await capture('keys', '{"type":"order.bad","why":"bad"}')
    await untilShown(/▸ \d\d:\d\d:\d\d {2}order\.bad[^]*failed {2}422[^]*order\.paid[^]*succeeded {2}200/)

    terminal.press('enter')
    expect(await untilShown(/Body/)).toMatch(/POST \/in\/keys\/orders HTTP\/1\.1[^]*Delivery[^]*failed {2}422/)
    await untilShown(/OUTCOME[^]*failed +422/)
    terminal.press('left', 'down', 'enter')
    expect(await untilShown(/order\.paid {2}evt_/)).toContain('"n": 12345678901234567890')
    terminal.press('left', 'r')
    await untilShown(/Sent again, as it came\./)
    expect((await receiver.waitFor(3))[2]?.body.toString()).toContain('order.paid')

    terminal.press('p')
    await untilShown(/paused \(manual\): held, not lost/)
    await capture('keys', '{"type":"order.held"}')
    await untilShown(/order\.held[^]*held/)
    terminal.press('p')
    await untilShown(/order\.held[^]*succeeded {2}200/)

    terminal.press('f', 'type:order.bad', 'enter')
    expect(await untilShown(/1 of 3 for type:order\.bad/)).not.toContain('order.paid ')
    terminal.press('f', 'escape')
    await untilShown(/3 events/)
    terminal.press('?')
    await untilShown(/Ctrl-C {7}quit/)
    terminal.press('q', 'q')
    const { code, stdout } = await ended
    expect(code).toBe(0)
    expect(stdout.endsWith('\u001b[?25h\u001b[?1049l')).toBe(true)
  })
})
