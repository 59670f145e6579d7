import { AppError } from '#shared/model/app-error.ts'
import { EventId, type ProjectId, type SubscriptionId } from '#shared/model/ids.ts'
import { SubscriberName, type RepeatCause, type Subscription } from '#shared/model/link/subscription.ts'
import type { Source } from '#shared/model/source.ts'
import type { Change } from '../engine.ts'
import type { Feed } from '../feed.ts'
import type { Clock, EventStore, Ids, Log, Random, SubscriptionStore } from '../ports.ts'
import type { Registry } from '../registry.ts'
import { connect, MOST_COUNTED, type Connection } from './connection.ts'
import { readTaking } from './event-filter.ts'
import { holdOf, takingOf, type Held } from './held.ts'
import { checkProtocol, checkUse, connectionOf, fedItself, passedTo, stopping, subscriberOf } from './rules.ts'
import type { StandingSubscription, SubscriptionsApi } from './subscriptions-api.ts'
import type { LinkTimings } from './timings.ts'

export interface SubscriptionsDeps {
  store: SubscriptionStore
  events: Pick<EventStore, 'body'>
  registry: Registry
  /** Whether an API key still opens anything. */
  keyStands(keyId: string): boolean
  changes: Feed<Change>
  clock: Clock
  ids: Ids
  random: Random
  log: Log
  version: string
  timings: LinkTimings
}

/** Reads all subscriptions; nobody is connected yet. */
export async function createSubscriptions(deps: SubscriptionsDeps): Promise<SubscriptionsApi> {
  const { store, registry, clock, changes, log } = deps
  await store.letGoOfAll('relay_restarted')
  const held = new Map<SubscriptionId, Held>()
  let isStopped = false
  const hold = (subscription: Subscription): Held => {
    const place = holdOf(subscription, { log, registry, now: clock.now() })
    held.set(subscription.id, place)
    return place
  }
  for (const subscription of await store.list()) hold(subscription)

  changes.subscribe((change) => {
    if (change.type === 'event.captured') wakeOf(change.event.sourceId)
    if (change.type === 'source.changed' && !registry.sources.has(change.sourceId as Source['id'])) {
      forgetSource(change.sourceId)
    }
    if (change.type === 'project.changed' && !registry.projects.has(change.projectId)) {
      for (const { subscription } of held.values()) {
        if (subscription.projectId === change.projectId) forgetSource(subscription.sourceId)
      }
    }
  })

  function wakeOf(sourceId: string | null): void {
    for (const { subscription, connections } of held.values()) {
      if (subscription.sourceId === sourceId) for (const connection of connections.values()) connection.wake()
    }
  }

  function forgetSource(sourceId: string): void {
    for (const [id, { subscription, connections }] of held) {
      if (subscription.sourceId !== sourceId) continue
      held.delete(id)
      for (const connection of connections.values()) void end(connection, 'source_gone', 'The source was deleted.')
    }
  }

  /** Never rejects. */
  function end(connection: Connection, ...why: Parameters<Connection['end']>): Promise<void> {
    return connection.end(...why).catch((error: unknown) => {
      log.warn('What a subscriber had could not be let go', { error: String(error) })
    })
  }

  function told({ projectId, sourceId }: Subscription): void {
    changes.publish({ type: 'subscriptions.changed', projectId, sourceId })
  }

  /** What is only for people to see must fail nothing. */
  function keep(subscription: Subscription): void {
    store.update(subscription).catch((error: unknown) => {
      log.warn('It could not be kept when a subscriber was last there', { error: String(error) })
    })
  }

  function find(projectId: ProjectId, id: string): Held {
    const found = held.get(id as SubscriptionId)
    if (found?.subscription.projectId === projectId) return found
    throw new AppError('not_found', `There is no subscription “${id}” in this project.`, {
      hint: 'Subscribe to its source again.',
    })
  }

  async function standing({ subscription, connections, lastEnd }: Held): Promise<StandingSubscription> {
    return {
      ...(await store.standing(subscription.id, MOST_COUNTED)),
      subscription,
      source: registry.sources.get(subscription.sourceId)!,
      subscribers: [...connections.values()].map((connection) => connection.describe()),
      lastEnd: connections.size > 0 ? null : lastEnd,
    }
  }

  function onEnd(connection: Connection, cause: RepeatCause): void {
    const { subscription } = connection
    const place = held.get(subscription.id)
    if (!place) return
    place.connections.delete(connection.id)
    place.lastEnd = { cause, at: clock.now() }
    place.subscription = { ...place.subscription, lastSeenAt: connection.describe().lastHeardAt }
    keep(place.subscription)
    if (cause === 'silent') {
      log.warn('A subscriber fell silent', { source: subscription.sourceId, subscriber: connection.describe().name })
    }
    told(subscription)
    for (const other of place.connections.values()) other.wake()
  }

  /** What a member that is there does not acknowledge, another one gets. */
  async function passOn(connection: Connection): Promise<void> {
    const place = held.get(connection.subscription.id)
    if (!place?.subscription.isGroup || place.connections.size < 2) return
    const before = clock.now() - deps.timings.loanMs
    const step = { subscriptionId: connection.subscription.id, holder: connection.id, before }
    const lost = await store.letGo({ ...step, cause: 'not_acknowledged' })
    if (lost.length === 0) return
    connection.lost(lost)
    for (const other of place.connections.values()) if (other !== connection) other.wake()
  }

  function unpassed(error: unknown): void {
    log.warn('What a member of a group does not acknowledge could not be passed on', { error: String(error) })
  }

  return {
    async list(projectId) {
      const mine = [...held.values()].filter(({ subscription }) => subscription.projectId === projectId)
      return Promise.all(mine.toReversed().map(standing))
    },

    get: async (projectId, id) => standing(find(projectId, id)),

    async ensure(caller, projectId, { source, filter, start, protocol, ...input }) {
      checkProtocol(protocol, deps.version)
      if (registry.links.has(source.id)) throw fedItself(source)
      const takes = readTaking(filter ?? null, { registry, projectId, now: clock.now() })
      const kept = await store.create(
        {
          id: deps.ids.next('sub'),
          projectId,
          sourceId: source.id,
          name: SubscriberName.parse(input.name),
          isGroup: input.isGroup,
          filter: filter ?? null,
          keyId: caller.keyId as Subscription['keyId'],
          createdBy: caller.name,
          createdAt: clock.now(),
          lastSeenAt: null,
          lastVersion: null,
        },
        start,
      )
      checkUse(caller, kept, deps)
      const subscription = passedTo(caller, filter === undefined ? kept : { ...kept, filter })
      if (subscription !== kept) await store.update(subscription)
      const place = held.get(kept.id) ?? hold(subscription)
      Object.assign(place, { subscription }, filter === undefined ? {} : { takes })
      told(subscription)
      return standing(place)
    },

    async follow(caller, projectId, id, { subscriber: given, window, version, protocol }) {
      checkProtocol(protocol, deps.version)
      if (isStopped) throw stopping()
      const place = find(projectId, id)
      checkUse(caller, place.subscription, deps)
      const takes = () => takingOf(place)
      takes()
      const subscriber = subscriberOf(place.subscription, given)
      for (const connection of place.connections.values()) {
        if (connection.describe().name !== subscriber) continue
        await connection.end('taken_over', `${subscriber} connected anew, from ${caller.address ?? 'elsewhere'}.`)
      }
      const subscription = { ...place.subscription, lastSeenAt: clock.now(), lastVersion: version }
      place.subscription = subscription
      const connection = connect(
        {
          id: Buffer.from(deps.random.bytes(12)).toString('base64url'),
          subscription,
          source: registry.sources.get(subscription.sourceId)!,
          subscriber,
          version,
          address: caller.address,
          window,
          takes: (candidate) => takes()(candidate),
        },
        { ...deps, onEnd, onCaughtUp: () => told(subscription), onBeat: (it) => void passOn(it).catch(unpassed) },
      )
      place.connections.set(connection.id, connection)
      keep(subscription)
      told(subscription)
      return connection
    },

    async acknowledge(caller, projectId, id, { connection: connectionId, eventIds }) {
      const place = find(projectId, id)
      checkUse(caller, place.subscription, deps)
      const connection = connectionOf(place, connectionId)
      const known = eventIds.flatMap((eventId) => EventId.safeParse(eventId).data ?? [])
      const step = { subscriptionId: place.subscription.id, holder: connectionId, eventIds: known }
      const acknowledged = known.length === 0 ? [] : await store.acknowledge(step)
      connection.heard(known)
      return { acknowledged: acknowledged.length }
    },

    async body(caller, projectId, id, { connection, eventId }) {
      const place = find(projectId, id)
      checkUse(caller, place.subscription, deps)
      connectionOf(place, connection).heard([])
      const parsed = EventId.safeParse(eventId)
      const loan = { subscriptionId: place.subscription.id, holder: connection }
      const isHeld = parsed.success && (await store.holds({ ...loan, eventId: parsed.data }))
      const body = isHeld ? await deps.events.body(parsed.data) : null
      if (body) return body
      throw new AppError('not_found', `The event “${eventId}” is not lent to this connection.`)
    },

    async report(caller, projectId, id, { subscriber: given, outcomes }) {
      const { subscription } = find(projectId, id)
      checkUse(caller, subscription, deps)
      const subscriber = subscriberOf(subscription, given)
      const [subscriptionId, at] = [subscription.id, clock.now()]
      await store.noteOutcomes(outcomes.map((outcome) => ({ ...outcome, subscriptionId, subscriber, at })))
      told(subscription)
    },

    outcomes: (event) => store.outcomes(event.id),

    async delete(projectId, id) {
      const { subscription, connections } = find(projectId, id)
      await store.delete(subscription.id)
      held.delete(subscription.id)
      for (const connection of connections.values()) void end(connection, 'deleted', 'The subscription was deleted.')
      told(subscription)
      return subscription
    },

    async stop() {
      isStopped = true
      const all = [...held.values()].flatMap(({ connections }) => [...connections.values()])
      await Promise.all(all.map((connection) => end(connection, 'stopping', 'The relay stops.')))
    },
  }
}
