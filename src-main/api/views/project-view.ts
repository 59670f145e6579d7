import { toInstant } from '#shared/contract/base.ts'
import type { ProjectView } from '#shared/contract/projects.ts'
import type { Callback } from '#shared/model/callback.ts'
import type { Project } from '#shared/model/project.ts'
import type { Engine } from '../../engine/engine.ts'
import { toCallbackView } from './callback-view.ts'

/** `callback` in place of the stored one: as it was just given, credentials in clear. */
export function toProjectView(
  { callbacks }: Pick<Engine, 'callbacks'>,
  project: Project,
  callback: Callback | null = callbacks.get(project.id),
): ProjectView {
  const level = callbacks.levelOf(project.id)
  const endpoint = callbacks.endpointOf(project.id)
  return {
    ...project,
    ...toCallbackView(callback),
    callback: level && endpoint ? { level, url: endpoint.version.config.url, endpointId: endpoint.id } : null,
    createdAt: toInstant(project.createdAt),
  }
}
