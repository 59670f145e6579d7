import type { RelayProcess } from '#test/support/relay-process.ts'

/** Two that feed a source, of which one is refused; a subscriber that is there, and one that is far behind. */
export async function createLinks(relay: RelayProcess): Promise<void> {
  const url = new URL(relay.ready.api).origin
  await relay.call('POST', '/sources', { name: 'Orders', slug: 'orders' })
  for (const total of [42, 7, 19]) await capture(relay, total)
  const wish = { name: 'Laptops', owner: 'Ada Example', scopes: ['sources:subscribe'] }
  const { secret: key } = await relay.call<{ secret: string }>('POST', '/keys', wish)
  const link = { url, key, remoteSource: 'orders', subscriber: 'Ada’s laptop', name: 'Orders of the team' }
  const { id } = await relay.call<{ id: string }>('POST', '/links', { ...link, slug: 'team-orders' })
  const refused = { remoteSource: 'parcels', subscriber: 'Grace’s laptop', name: 'Shipping', slug: 'shipping' }
  await relay.call('POST', '/links', { ...link, ...refused })
  const away = { source: 'orders', name: 'ci', isGroup: true, start: 'beginning', version: '0.1.0', protocol: 1 }
  await relay.call('POST', '/subscriptions', away)
  const isLive = async () => (await relay.call<{ state: string }>('GET', `/links/${id}`)).state === 'live'
  while (!(await isLive())) await new Promise((resolve) => setTimeout(resolve, 100))
}

async function capture(relay: RelayProcess, total: number): Promise<void> {
  await fetch(`${relay.ready.capture}/orders`, { method: 'POST', body: JSON.stringify({ total }) })
}
