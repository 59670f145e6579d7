import { createHmac } from 'node:crypto'
import { onTestFinished } from 'vitest'
import type { EventSummary } from '#shared/contract/events.ts'
import type { LinkView } from '#shared/contract/links/links.ts'
import type { SubscriptionView } from '#shared/contract/links/subscriptions.ts'
import type { HeaderList } from '#shared/model/header.ts'
import type { Engine } from '#main/engine/engine.ts'
import { type ApiRig, startApiRig, type ApiRigOptions } from '#test/support/api-rig.ts'
import { makeKey } from '#test/access/key-calls.ts'
import { startFlakyProxy, type FlakyProxy } from '#test/support/flaky-proxy.ts'

/** Short enough to wait for; the silence outlasts a pause of the one event loop that both ends share here. */
export const QUICK = { heartbeatMs: 100, silenceMs: 5_000, loanMs: 10_000 }

export interface Capture {
  type?: string
  body?: string | Uint8Array
  headers?: HeaderList
  path?: string
  receivedAt?: number
}

/** A relay with a source `shop`, whose events carry their type in a header. */
export interface RelayEnd extends ApiRig {
  proxy: FlakyProxy
  capture(capture?: Capture): Promise<void>
  subscriptions(): Promise<readonly SubscriptionView[]>
  subscribingKey(): Promise<string>
}

/** A machine that subscribes. */
export interface MachineEnd extends ApiRig {
  link(change?: Record<string, unknown>): Promise<LinkView>
  links(): Promise<readonly LinkView[]>
  events(): Promise<readonly EventSummary[]>
}

export async function startRelayEnd(options: ApiRigOptions = {}): Promise<RelayEnd> {
  const proxy = await startFlakyProxy()
  onTestFinished(() => proxy.close())
  const parts = { version: '1.4.0', linkTimings: QUICK, ...options.parts }
  const rig = await startApiRig({ allowedHosts: [new URL(proxy.origin).host], ...options, parts })
  onTestFinished(() => rig.stop())
  proxy.aim(rig.port)
  await json(rig, 'POST', '/providers', {
    id: 'shop',
    name: 'Shop',
    recognition: {
      eventType: [{ header: 'X-Type' }],
      messageId: [],
    },
    signing: { header: 'X-Signature' },
  })
  await json(rig, 'POST', '/sources', { name: 'Shop', slug: 'shop', provider: 'shop', secrets: ['s3cret-of-the-shop'] })
  return {
    ...rig,
    proxy,
    async capture({ type = 'order.paid', body = '{}', headers = [], path = '/in/shop', receivedAt = Date.now() } = {}) {
      const source = rig.engine.capture.sourceOf('shop')!
      await rig.engine.capture.record(source, {
        capture: 'complete',
        captureNote: null,
        receivedAt,
        method: 'POST',
        path,
        query: null,
        httpVersion: '1.1',
        headers: [['X-Type', type], ...headers],
        trailers: [],
        body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
        declaredSizeBytes: null,
        remoteAddress: '203.0.113.7',
      })
    },
    subscriptions: async () => (await json<{ items: SubscriptionView[] }>(rig, 'GET', '/subscriptions')).items,
    subscribingKey: async () => (await makeKey(rig, { scopes: ['sources:subscribe'] })).secret,
  }
}

/** `relay` is who its links go to, through the proxy. */
export async function startMachineEnd(relay: RelayEnd, key?: string): Promise<MachineEnd> {
  const rig = await startApiRig({ parts: { version: '1.5.0', linkTimings: QUICK } })
  onTestFinished(() => rig.stop())
  await rig.engine.start()
  const usual = { url: relay.proxy.origin, key: key ?? (await relay.subscribingKey()), remoteSource: 'shop' }
  return {
    ...rig,
    link: (change = {}) => json(rig, 'POST', '/links', { ...usual, subscriber: 'laptop', ...change }),
    links: async () => (await json<{ items: LinkView[] }>(rig, 'GET', '/links')).items,
    events: async () => (await json<{ items: EventSummary[] }>(rig, 'GET', '/events?limit=500')).items.toReversed(),
  }
}

export async function json<T>(rig: ApiRig, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await rig.call(method, path, body)
  const said = (await answer.json()) as T
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(said)}`)
  return said
}

/** Waits until `isSo`, looking again whenever something changes in one of the engines. */
export async function until(engines: readonly Pick<Engine, 'changes'>[], isSo: () => boolean | Promise<boolean>) {
  const reached = Promise.withResolvers<void>()
  let isLooking = false
  let isDue = false
  const look = async (): Promise<void> => {
    isDue = true
    if (isLooking) return
    isLooking = true
    while (isDue) {
      isDue = false
      if (await isSo()) reached.resolve()
    }
    isLooking = false
  }
  const lookNow = () => void look().catch(reached.reject)
  const ends = engines.map(({ changes }) => changes.subscribe(lookNow))
  lookNow()
  await reached.promise
  for (const end of ends) end()
}

/** What the shop signs a body with. */
export function hmacOf(body: Uint8Array): string {
  return createHmac('sha256', 's3cret-of-the-shop').update(body).digest('hex')
}
