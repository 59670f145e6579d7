import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { SubscriptionView } from '#shared/contract/links/subscriptions.ts'
import { integrityOf } from '#test/faults/read-books.ts'
import { type FlakyProxy, startFlakyProxy } from '#test/support/flaky-proxy.ts'
import { keptPortWords } from '#test/support/kept-ports.ts'
import { startReceiver } from '#test/support/receiver.ts'
import { type RelayProcess, startRelay } from '#test/support/relay-process.ts'
import { type Ledger, readLedger } from './ledger.ts'
import { startSubscriber, type Subscriber } from './subscriber.ts'

export interface LongRunOptions {
  events: number
  /** How often each happens, spread over the run. */
  kills: number
  cuts: number
  blackHoles: number
  restarts: number
  say?(line: string): void
}

export interface LongRun extends Ledger {
  /** After how many ms each black hole was named, by the machine and by the relay. */
  namedAfterMs: readonly { machine: number; relay: number }[]
  /** `ok`, or what SQLite finds wrong at either end. */
  integrity: string
  /** Of the subscriber at the end. */
  exitCode: number | null
}

/** Both ends name a dead link by then. */
export const NAMED_WITHIN_MS = 15_000
const ASK_EVERY_MS = 100

type Fault = 'kill' | 'cut' | 'blackHole' | 'restart'

/** A relay, a network that fails, `hookloop connect` and a local server; then everything is counted. */
export async function runLinks(options: LongRunOptions): Promise<LongRun> {
  const folder = await mkdtemp(join(tmpdir(), 'hookloop-links-'))
  const rig = await startRig(folder)
  const namedAfterMs: LongRun['namedAfterMs'][number][] = []
  const faults = spread(options)
  const { say = () => {} } = options
  try {
    for (let number = 0; number < options.events; number++) {
      for (const fault of faults.get(number) ?? []) {
        say(`${number} sent, ${rig.receipts().length} received: ${fault}`)
        if (fault === 'kill') await rig.killSubscriber()
        else if (fault === 'cut') rig.proxy.cut()
        else if (fault === 'restart') await rig.restartRelay()
        else namedAfterMs.push(await rig.blackHole(() => rig.send(`into the dark ${number}`)))
      }
      await rig.send(String(number))
    }
    await rig.settled()
    const exitCode = await rig.stop()
    const places = { relay: join(folder, 'relay'), laptop: join(folder, 'laptop') }
    const ledger = readLedger(places, rig.receipts())
    const wrong = [integrityOf(places.relay), integrityOf(places.laptop)].filter((found) => found !== 'ok')
    return { ...ledger, namedAfterMs, exitCode, integrity: wrong[0] ?? 'ok' }
  } finally {
    await rig.abandon()
    await rm(folder, { recursive: true, force: true })
  }
}

/** After how many events each fault comes; the first and the last stretch are left in peace. */
function spread({ events, kills, cuts, blackHoles, restarts }: LongRunOptions): Map<number, Fault[]> {
  const order: Fault[] = []
  const left = { kill: kills, cut: cuts, blackHole: blackHoles, restart: restarts }
  while (Object.values(left).some((count) => count > 0)) {
    for (const fault of ['kill', 'cut', 'blackHole', 'restart'] as const) if (left[fault]-- > 0) order.push(fault)
  }
  const every = events / (order.length + 1)
  const places = new Map<number, Fault[]>()
  for (const [index, fault] of order.entries()) {
    const at = Math.floor((index + 1) * every)
    places.set(at, [...(places.get(at) ?? []), fault])
  }
  return places
}

async function startRig(folder: string) {
  const proxy = await startFlakyProxy()
  const receiver = await startReceiver()
  const flags = ['--allowed-hosts', new URL(proxy.origin).host, ...(await keptPortWords())]
  let relay = await startRelay(join(folder, 'relay'), flags)
  proxy.aim(Number(new URL(relay.ready.api).port))
  await relay.call('POST', '/sources', { name: 'Shop', slug: 'shop' })
  const wish = { name: 'Laptop', scopes: ['sources:subscribe'] }
  const { secret: key } = await relay.call<{ secret: string }>('POST', '/keys', wish)
  const order = { url: proxy.origin, key, data: join(folder, 'laptop'), forwardTo: `${receiver.url}/hook` }
  let subscriber = startSubscriber(order)
  await subscriber.untilState('live')

  return {
    proxy,
    receipts: () =>
      receiver.requests.map(({ headers, body }) => ({
        eventId: headers.find(([name]) => name.toLowerCase() === 'hookloop-event')?.[1] ?? '',
        body: body.toString(),
      })),

    send: (body: string) => sendUntilTaken(`${relay.ready.capture}/shop`, body),

    async killSubscriber() {
      await subscriber.kill()
      subscriber = startSubscriber(order)
    },

    async restartRelay() {
      await relay.stop()
      relay = await startRelay(join(folder, 'relay'), flags)
    },

    async blackHole(meanwhile: () => Promise<void>) {
      await subscriber.untilState('live')
      const named = await nameBlackHole({ proxy, relay, subscriber, meanwhile })
      proxy.heal()
      return named
    },

    /** The relay has nothing left that was not acknowledged, and the local server got it all. */
    async settled() {
      await subscriber.untilState('live')
      for (;;) {
        const [subscription] = await subscriptions(relay)
        const { items } = await relay.call<{ items: unknown[] }>('GET', '/events?limit=1&source=shop')
        const isDone = subscription!.lag.events === 0 && (await outcomeOfLast(relay, items)) === 'succeeded'
        if (isDone) return
        await wait(ASK_EVERY_MS)
      }
    },

    async stop() {
      const exitCode = await subscriber.stop()
      await relay.stop()
      return exitCode
    },

    async abandon() {
      await subscriber.kill().catch(() => {})
      await relay.kill().catch(() => {})
      await receiver.close()
      await proxy.close()
    },
  }
}

/** Told by the subscriber: the last one in order is over once it is. */
async function outcomeOfLast(relay: RelayProcess, items: readonly unknown[]): Promise<string | null> {
  const { id } = items[0] as { id: string }
  const trail = await relay.call<{ outcomes: { state: string }[] }>('GET', `/events/${id}/trail`)
  return trail.outcomes[0]?.state ?? null
}

async function subscriptions(relay: RelayProcess): Promise<SubscriptionView[]> {
  return (await relay.call<{ items: SubscriptionView[] }>('GET', '/subscriptions')).items
}

interface Dark {
  proxy: FlakyProxy
  relay: RelayProcess
  subscriber: Subscriber
  meanwhile(): Promise<void>
}

async function nameBlackHole({ proxy, relay, subscriber, meanwhile }: Dark) {
  const beganAt = performance.now()
  proxy.blackHole()
  await meanwhile()
  const byRelay = async (): Promise<number> => {
    while ((await subscriptions(relay))[0]!.state !== 'stalled') await wait(ASK_EVERY_MS)
    return performance.now()
  }
  const [machine, atRelay] = await Promise.all([subscriber.untilState('stalled'), byRelay()])
  return { machine: Math.round(machine - beganAt), relay: Math.round(atRelay - beganAt) }
}

/** A sender sends again what nobody took; each one in its turn. */
async function sendUntilTaken(url: string, body: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url, { method: 'POST', body }).catch(() => null)
    await answer?.arrayBuffer().catch(() => {})
    if (answer?.ok) return
    await wait(ASK_EVERY_MS)
  }
}
