import type { StatusView } from '#shared/contract/system.ts'
import { DEFAULT_PROJECT_SLUG, type Project } from '#shared/model/project.ts'
import { noProject, type Caller, type Engine } from '../engine/engine.ts'
import type { Log } from '../engine/ports.ts'
import type { LiveFeed } from './live-feed/live-feed.ts'

/** What this installation says about itself. */
export interface ApiInfo {
  version: string
  mode: 'local' | 'team'
  /** The capture base: a source's address is this, a slash and its slug. */
  captureUrl: string
  /** Connections of the capture port that were not kept, since the start. */
  droppedConnections: StatusView['droppedConnections']
}

/** What every carrier hands to a procedure. */
export interface ApiContext {
  engine: Engine
  live: LiveFeed
  log: Log
  info: ApiInfo
  /** Who calls, and what they may do. */
  actor: Caller
  /** The project that the call names outside its input (query, header), by id or slug. */
  projectRef: string | null
}

/**
 * The project that is meant: the input's own, else the call's, else the caller's own or `default`. One that the caller may
 * not see is as one that is not there. Throws `AppError` `not_found`.
 */
export function projectOf(context: ApiContext, input: { project?: string | undefined }): Project {
  return visibleProject(context, input.project ?? context.projectRef ?? context.actor.projectId ?? DEFAULT_PROJECT_SLUG)
}

/** By id or slug. Throws `AppError` `not_found`, also where the caller may not see it. */
export function visibleProject({ engine, actor }: Pick<ApiContext, 'engine' | 'actor'>, ref: string): Project {
  const project = engine.projects.resolve(ref)
  if (actor.projectId === null || actor.projectId === project.id) return project
  throw noProject(ref)
}
