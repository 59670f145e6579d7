import type { ProjectStore } from '#main/engine/ports.ts'
import type { MemoryState } from './state.ts'

export function createProjectStore(state: MemoryState): ProjectStore {
  return {
    list: async () => [...state.projects.values()],

    async create(project) {
      if ([...state.projects.values()].some(({ slug, siteId }) => slug === project.slug || siteId === project.siteId))
        return false
      state.projects.set(project.id, project)
      return true
    },

    async update({ id, name, notificationUrl, activeEndpointLimit, secretMaxAgeDays }) {
      const project = state.projects.get(id)
      if (project) state.projects.set(id, { ...project, name, notificationUrl, activeEndpointLimit, secretMaxAgeDays })
    },

    async setTimeScale({ projectId, timeScale, now }) {
      const project = state.projects.get(projectId)
      if (!project) return
      const stretch = project.timeScale / timeScale
      state.projects.set(projectId, { ...project, timeScale })
      for (const stored of state.deliveries.values()) {
        const { delivery } = stored
        if (delivery.projectId !== projectId || delivery.dueAt === null || delivery.dueAt <= now) continue
        stored.delivery = { ...delivery, dueAt: now + Math.round((delivery.dueAt - now) * stretch) }
      }
    },
  }
}
