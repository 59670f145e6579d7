import type { RelayProcess } from '#test/support/relay-process.ts'

/** Two that feed a source, of which one is refused; a subscriber that is there, and one that left with a lot behind it. */
export async function createLinks(relay: RelayProcess): Promise<void> {
  const url = new URL(relay.ready.api).origin
  const wish = { name: 'Laptops', owner: 'Ada Example', scopes: ['sources:subscribe'] }
  const { secret: key } = await relay.call<{ secret: string }>('POST', '/keys', wish)
  const link = { url, key, remoteSource: 'ledger', subscriber: 'Ada’s laptop', name: 'ledger of the team' }
  const { id } = await relay.call<{ id: string }>('POST', '/links', { ...link, slug: 'team-ledger' })
  await relay.call('POST', '/links', {
    ...link,
    remoteSource: 'shipping',
    subscriber: 'Grace’s laptop',
    name: 'shipping',
    slug: 'shipping',
  })
  const away = { source: 'ledger', name: 'ci', isGroup: true, start: 'beginning', version: '0.1.0', protocol: 1 }
  await relay.call('POST', '/subscriptions', away)
  const isLive = async () => (await relay.call<{ state: string }>('GET', `/links/${id}`)).state === 'live'
  while (!(await isLive())) await new Promise((resolve) => setTimeout(resolve, 100))
}
