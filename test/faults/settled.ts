import type { RelayProcess } from '#test/support/relay-process.ts'

type Counts = Record<'scheduled' | 'delivering' | 'held' | 'succeeded' | 'failed', number>

export async function countDeliveries(relay: RelayProcess): Promise<Counts> {
  return (await relay.call<{ deliveries: Counts }>('GET', '/status')).deliveries
}

/** Reads the feed until the deliveries stand as wanted. */
export async function untilDeliveries(relay: RelayProcess, wanted: (counts: Counts) => boolean): Promise<void> {
  const abort = new AbortController()
  const feed = await fetch(`${relay.ready.api}/feed`, {
    headers: { authorization: `Bearer ${relay.ready.token}` },
    signal: abort.signal,
  })
  const reader = feed.body!.getReader()
  while (!wanted(await countDeliveries(relay))) await reader.read()
  abort.abort()
}

/** Waits until nothing is on its way any more. */
export function settled(relay: RelayProcess): Promise<void> {
  return untilDeliveries(relay, ({ scheduled, delivering }) => scheduled + delivering === 0)
}
