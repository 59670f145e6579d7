import type { EventId, ProjectId } from '#shared/model/ids.ts'
import type { Link, LinkState } from '#shared/model/link/link.ts'
import type { Lag } from '#shared/model/link/subscription.ts'
import type { Source } from '#shared/model/source.ts'
import type { Relayed } from '../ports.ts'

/** How a link stands now, as far as this machine knows. */
export interface LinkStanding {
  state: LinkState
  /** Since when, in unix ms. */
  since: number
  /** Why it is not live, in a sentence; null where there is nothing to say. */
  reason: string | null
  hint: string | null
  /** When it is tried again; null where it is not waiting. */
  nextTryAt: number | null
  /** When the relay was last heard of; null since the start. */
  lastHeardAt: number | null
  /** When the newest event came from it. */
  lastEventAt: number | null
  /** As the relay told it last. */
  lag: Lag | null
  relayVersion: string | null
  /** Of the source there. */
  remoteName: string | null
  /** Events that came since the start, and how often the relay sent one once more. */
  received: number
  repeats: number
}

export interface StandingLink {
  link: Link
  source: Source
  standing: LinkStanding
}

/** Undefined leaves a field as it is. */
export interface LinkChange {
  url?: string | undefined
  /** The key that the relay gave out; it is sealed and never comes back. */
  key?: string | undefined
  remoteProject?: string | null | undefined
  remoteSource?: string | undefined
  subscriber?: string | undefined
  group?: string | null | undefined
  filter?: string | null | undefined
  reports?: boolean | undefined
  enabled?: boolean | undefined
}

export type NewLink = LinkChange & {
  url: string
  key: string
  remoteSource: string
  subscriber: string
  start?: Link['start'] | undefined
  /** Of its own source; made after the relay's where they are left out. */
  name?: string | undefined
  slug?: string | undefined
}

/** What feeds sources of this machine from relays. A link goes with its source. */
export interface LinksApi {
  /** Newest first. */
  list(projectId: ProjectId): readonly StandingLink[]
  /** Whether one feeds this source. */
  feeds(source: Source): boolean
  /** By its source's id or slug. Throws `AppError` `not_found`. */
  get(projectId: ProjectId, ref: string): StandingLink
  /** Makes it with a source of its own, and connects. Throws `AppError`, `VaultLockedError`. */
  create(projectId: ProjectId, input: NewLink): Promise<StandingLink>
  /** What changed counts at once: it connects anew. Throws `AppError`, `VaultLockedError`. */
  update(projectId: ProjectId, ref: string, change: LinkChange): Promise<StandingLink>
  /** Tries again now, whatever it waits for. Throws `AppError` `not_found`. */
  reconnect(projectId: ProjectId, ref: string): StandingLink
  /** Where an event comes from; null where it came over no link. */
  relayed(eventId: EventId): Promise<Relayed | null>
  start(): void
  /** The machine was asleep: connections of before are given up. */
  resume(): void
  stop(): Promise<void>
}
