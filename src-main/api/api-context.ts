import type { StatusView } from '#shared/contract/system.ts'
import { DEFAULT_PROJECT_SLUG, type Project } from '#shared/model/project.ts'
import type { Actor, Engine } from '../engine/engine.ts'
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
  actor: Actor
  /** The project that the call names outside its input (query, header), by id or slug. */
  projectRef: string | null
}

/** The project that is meant: the input's own, else the call's, else `default`. Throws `AppError` `not_found`. */
export function projectOf(context: ApiContext, input: { project?: string | undefined }): Project {
  return context.engine.projects.resolve(input.project ?? context.projectRef ?? DEFAULT_PROJECT_SLUG)
}
