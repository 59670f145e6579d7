import { toInstant } from '#shared/contract/base.ts'
import type { ProjectView } from '#shared/contract/projects.ts'
import type { Project } from '#shared/model/project.ts'

export function toProjectView(project: Project): ProjectView {
  return { ...project, createdAt: toInstant(project.createdAt) }
}
