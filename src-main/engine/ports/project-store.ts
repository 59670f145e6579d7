import type { ProjectId } from '#shared/model/ids.ts'
import type { Project } from '#shared/model/project.ts'

export interface ProjectStore {
  list(): Promise<readonly Project[]>
  /** Resolves to false, keeping nothing, where the slug or the site id is taken. */
  create(project: Project): Promise<boolean>
  /** Replaces what can change but the time scale (name, notificationUrl, activeEndpointLimit, secretMaxAgeDays). */
  update(project: Project): Promise<void>
  /** Sets the scale and stretches or shrinks what is left of every scheduled wait to fit it. */
  setTimeScale(step: { projectId: ProjectId; timeScale: number; now: number }): Promise<void>
}
