import { hostname } from 'node:os'
import type { LinkView } from '#shared/contract/links/links.ts'
import { SubscriberName } from '#shared/model/link/subscription.ts'
import type { Api } from '../../connection.ts'
import type { Begun } from '../../forwarding/changes.ts'
import { UsageError } from '../../exit.ts'
import {
  ensureEndpoint,
  type ForwardOrder,
  type ForwardSetup,
  namePrefix,
  resumeForwarding,
} from '../../forwarding/endpoint.ts'

type Policy = ForwardOrder['policy']

/** What is subscribed to, and where it goes. */
export interface ConnectOrder {
  url: string
  key: string
  remoteProject: string | undefined
  remoteSource: string
  subscriber: string
  group: string | null
  filter: string | null
  /** Of a subscription that is new at the relay: `now`, `beginning` or an instant in ISO 8601. */
  start: string
  forwardTo: string
  eventTypes: readonly string[]
  policy: string | undefined
  forwardPath: boolean
}

export interface ConnectSetup extends ForwardSetup {
  link: LinkView
  /** This call made the link: nothing was ever proven of what it was told. */
  isNew: boolean
}

/** One after the other and again soon: what holds up the rest is a server that is being worked on. */
const IN_ORDER: Policy = {
  preset: 'standard',
  ordered: true,
  schedule: { kind: 'exponential', retries: 60, baseMs: 1_000, factor: 2, capMs: 30_000, jitter: 0.2 },
}

/** Makes the link and the endpoint, or takes those of an earlier call. */
export async function setUp(api: Api, order: ConnectOrder): Promise<ConnectSetup> {
  const { key, remoteProject, filter, forwardTo, eventTypes, policy, forwardPath } = order
  const found = await findLink(api, order)
  const known = found ?? (await createLink(api, order))
  const forwarded = await ensureEndpoint(api, {
    command: 'connect',
    slug: known.source,
    forwardTo,
    eventTypes,
    policy: policy ?? IN_ORDER,
    forwardPath,
  })
  if (found === undefined) return { ...forwarded, link: known, isNew: true }
  const changed = { key, filter, ...(remoteProject !== undefined && { remoteProject }) }
  return { ...forwarded, link: await api.links.update({ id: known.id, ...changed }), isNew: false }
}

/** The endpoint first, so that nothing comes before it. */
export async function setGoing(api: Api, setup: ConnectSetup): Promise<Begun> {
  const begun = await resumeForwarding(api, setup)
  await api.links.update({ id: setup.link.id, enabled: true })
  return begun
}

async function findLink(api: Api, { url, remoteSource, subscriber, group }: ConnectOrder) {
  const { items } = await api.links.list({})
  const origin = URL.parse(url)?.origin
  return items.find(
    (link) =>
      link.url === origin &&
      link.remoteSource === remoteSource &&
      link.subscriber === subscriber &&
      link.group === group,
  )
}

/** Off, until its events have somewhere to go. */
function createLink(api: Api, order: ConnectOrder): Promise<LinkView> {
  const { url, key, remoteProject, remoteSource, subscriber, group, filter, start } = order
  return api.links.create({
    url,
    key,
    remoteSource,
    subscriber,
    group,
    filter,
    start,
    ...(remoteProject !== undefined && { remoteProject }),
    enabled: false,
  })
}

/** Takes back what this call made and what came to nothing. */
export async function undo(api: Api, { link, endpoint }: ConnectSetup): Promise<void> {
  await api.endpoints.delete({ id: endpoint.id })
  await api.links.delete({ id: link.id })
}

/** Ends the subscription's connection, unless another call still forwards what comes; the relay keeps its place. */
export async function disconnect(api: Api, { link, endpoint }: ConnectSetup): Promise<void> {
  const { items } = await api.endpoints.list({})
  const prefix = namePrefix({ command: 'connect', slug: link.source })
  const isShared = items.some(
    ({ id, name, state }) => id !== endpoint.id && state === 'active' && name.startsWith(prefix),
  )
  if (!isShared) await api.links.update({ id: link.id, enabled: false })
}

/** As given, or after this machine. Throws `UsageError`. */
export function subscriberName(option: string, given: string | undefined): string {
  if (given === undefined) return hostname().replaceAll(/[^\p{L}\p{N} ._@:+-]/gu, '-') || 'machine'
  const parsed = SubscriberName.safeParse(given)
  if (parsed.success) return parsed.data
  throw new UsageError(`${option} ${given} is no name: ${parsed.error.issues[0]?.message}`)
}
