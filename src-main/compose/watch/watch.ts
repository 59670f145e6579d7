import type { Endpoint } from '#shared/model/endpoint.ts'
import type { Change, Engine } from '../../engine/engine.ts'
import { noticeOfAlert, noticeOfPause, type Notice } from './notices.ts'

/** How things stand, for a host that shows it outside of the window. */
export interface Standing {
  /** Events that came since somebody last looked. */
  unseen: number
  /** Names of the endpoints that are paused, whatever the reason. */
  paused: readonly string[]
}

/** With the project that it is about, by slug. */
export type ProjectNotice = Notice & { project: string }

export interface Watch {
  standing(): Standing
  /** Somebody looks: nothing is unseen now. */
  seen(): void
  end(): void
}

/** All must be quick and must not throw; `onChange` may be called often. */
export interface WatchListeners {
  /** Whether somebody sees what comes now. */
  isLookedAt(): boolean
  onChange(): void
  onNotice(notice: ProjectNotice): void
}

type WatchedEngine = Pick<Engine, 'changes' | 'projects' | 'endpoints'>

/** Follows an engine on behalf of a person who does not look at the window. */
export function watchEngine(engine: WatchedEngine, { isLookedAt, onChange, onNotice }: WatchListeners): Watch {
  const paused = new Map<string, Endpoint>(everyEndpoint(engine).flatMap(pausedEntry))
  let unseen = 0

  /** What is to be told of a change; undefined where it changes nothing that is shown. */
  function take(change: Change): Notice | null | undefined {
    switch (change.type) {
      case 'event.captured':
        if (!isLookedAt()) unseen++
        return null
      case 'alert.raised':
        return noticeOfAlert(change.alert, 'raised')
      case 'alert.resolved':
        return noticeOfAlert(change.alert, 'resolved')
      case 'endpoint.changed':
        return takeEndpoint(change.endpointId, engine.endpoints.find(change.projectId, change.endpointId))
      default:
        return undefined
    }
  }

  function takeEndpoint(id: string, endpoint: Endpoint | null): Notice | null | undefined {
    const before = paused.get(id)
    if (endpoint?.state !== 'paused') return paused.delete(id) ? null : undefined
    paused.set(id, endpoint)
    return before?.pausedReason === endpoint.pausedReason ? null : noticeOfPause(endpoint)
  }

  const end = engine.changes.subscribe((change) => {
    const notice = take(change)
    if (notice === undefined) return
    onChange()
    const project = engine.projects.list().find(({ id }) => id === change.projectId)
    if (notice && project) onNotice({ ...notice, project: project.slug })
  })

  return {
    standing: () => ({ unseen, paused: [...paused.values()].map(({ version }) => version.config.name) }),
    seen() {
      if (unseen === 0) return
      unseen = 0
      onChange()
    },
    end,
  }
}

function everyEndpoint({ projects, endpoints }: WatchedEngine): readonly Endpoint[] {
  return projects.list().flatMap(({ id }) => endpoints.list(id))
}

function pausedEntry(endpoint: Endpoint): [string, Endpoint][] {
  return endpoint.state === 'paused' ? [[endpoint.id, endpoint]] : []
}
