import type { ProjectId } from '#shared/model/ids.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Clock, Log } from '../../engine/ports.ts'
import { type Channel, createChannel, type FollowOptions } from './channel.ts'
import type { Subscription } from './subscription.ts'

/** How long the changes of a project are still gathered after its last listener left, so that it can come back. */
const LINGER_MS = 60_000

/** The engine's changes as the contract tells them, to any number of listeners. */
export interface LiveFeed {
  /** Begins with `ready`; then what came after `lastEventId`, or a `gap` where that is not known any more. */
  follow(projectId: ProjectId, options?: FollowOptions): Subscription['items']
  /** Ends every listener. */
  close(): void
}

/** Computes nothing for a project that nobody listens to. */
export function createLiveFeed(deps: { engine: Engine; clock: Clock; log: Log }): LiveFeed {
  const { engine, clock, log } = deps
  const channels = new Map<ProjectId, Channel>()
  const lingering = new Map<ProjectId, () => void>()
  const startedAt = clock.now().toString(36)
  let opened = 0
  let unsubscribe: (() => void) | null = null

  function open(projectId: ProjectId): Channel {
    unsubscribe ??= engine.changes.subscribe((change) => channels.get(change.projectId)?.take(change))
    opened += 1
    const run = `${startedAt}.${opened}`
    const channel = createChannel({ engine, clock, log, run, onEmpty: () => linger(projectId) })
    channels.set(projectId, channel)
    return channel
  }

  function linger(projectId: ProjectId): void {
    if (!channels.has(projectId)) return
    lingering.set(
      projectId,
      clock.after(LINGER_MS, () => drop(projectId)),
    )
  }

  function drop(projectId: ProjectId): void {
    lingering.delete(projectId)
    channels.get(projectId)?.end()
    channels.delete(projectId)
    if (channels.size === 0) {
      unsubscribe?.()
      unsubscribe = null
    }
  }

  return {
    follow(projectId, options = {}) {
      lingering.get(projectId)?.()
      lingering.delete(projectId)
      return (channels.get(projectId) ?? open(projectId)).follow(options)
    },

    close() {
      for (const cancel of lingering.values()) cancel()
      for (const projectId of channels.keys()) drop(projectId)
    },
  }
}
