import type { Store } from '../ports.ts'
import { createSubscriptions, type SubscriptionsDeps } from '../subscriptions/subscriptions.ts'
import type { SubscriptionsApi } from '../subscriptions/subscriptions-api.ts'
import { LINK_TIMINGS, type LinkTimings } from '../subscriptions/timings.ts'
import { createLinks, type LinksDeps } from './links.ts'
import type { LinksApi } from './links-api.ts'

type Wired = 'store' | 'sources' | 'events' | 'version' | 'timings'
type Deps = Omit<SubscriptionsDeps, Wired> &
  Omit<LinksDeps, Wired> & { store: Store; version?: string; linkTimings?: LinkTimings }

/** Both ends of links: what others take from this relay, and what this machine takes from others. */
export async function wireLinks({
  store,
  version = '0.0.0',
  linkTimings: timings = LINK_TIMINGS,
  ...deps
}: Deps): Promise<{
  subscriptions: SubscriptionsApi
  links: LinksApi
}> {
  const subscriptions = await createSubscriptions({
    ...deps,
    version,
    timings,
    store: store.subscriptions,
    events: store.events,
  })
  const links = createLinks({ ...deps, version, timings, store: store.links, sources: store.sources })
  async function stop(): Promise<void> {
    await Promise.all([subscriptions.stop(), links.stop()])
  }
  return { subscriptions, links: { ...links, stop } }
}
