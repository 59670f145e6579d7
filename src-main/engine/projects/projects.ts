import { AppError } from '#shared/model/app-error.ts'
import type { ProjectDeletion } from './project-deletion.ts'
import { DEFAULT_ACTIVE_ENDPOINT_LIMIT, type Project, SECRET_MAX_AGE_DAYS } from '#shared/model/project.ts'
import { noProject } from './no-project.ts'
import { checkTargetUrl } from '../endpoints/endpoint-config.ts'
import type { Change, ProjectsApi } from '../engine.ts'
import type { Feed } from '../feed.ts'
import type { AddressGuard, Clock, Ids, ProjectStore, Random } from '../ports.ts'
import type { Registry } from '../registry.ts'
import { newSiteId } from './new-site-id.ts'

export interface ProjectsDeps {
  store: ProjectStore
  registry: Registry
  clock: Clock
  ids: Ids
  random: Random
  guard: AddressGuard
  changes: Feed<Change>
  deletion: Pick<ProjectDeletion, 'delete'>
  /** Called once waits have been stretched or shrunk. */
  onWaitsChanged(): Promise<void>
  /** Called once a new one is known. */
  onCreated(): Promise<void>
}

export function createProjects(deps: ProjectsDeps): ProjectsApi {
  const { store, registry, clock, ids, changes } = deps

  function keep(project: Project): Project {
    registry.projects.set(project.id, project)
    changes.publish({ type: 'project.changed', projectId: project.id })
    return project
  }

  return {
    list: () => [...registry.projects.values()],

    delete: deps.deletion.delete,

    resolve(ref) {
      for (const project of registry.projects.values()) {
        if (project.id === ref || project.slug === ref) return project
      }
      throw noProject(ref)
    },

    ofSite: (siteId) => [...registry.projects.values()].find((project) => project.siteId === siteId) ?? null,

    async create({ name, slug, siteId }) {
      const project: Project = {
        id: ids.next('prj'),
        siteId: siteId ?? newSiteId(deps.random),
        slug,
        name,
        timeScale: 1,
        notificationUrl: null,
        activeEndpointLimit: DEFAULT_ACTIVE_ENDPOINT_LIMIT,
        secretMaxAgeDays: SECRET_MAX_AGE_DAYS,
        createdAt: clock.now(),
      }
      if (!(await store.create(project))) {
        throw new AppError('slug_taken', `A project “${slug}” exists already.`, {
          field: 'slug',
          hint: 'Choose another slug.',
        })
      }
      keep(project)
      await deps.onCreated()
      return project
    },

    async update(projectId, { name, timeScale, notificationUrl, activeEndpointLimit, secretMaxAgeDays }) {
      let project = registry.projects.get(projectId)!
      if (
        name !== undefined ||
        notificationUrl !== undefined ||
        activeEndpointLimit !== undefined ||
        secretMaxAgeDays !== undefined
      ) {
        if (notificationUrl) checkTargetUrl(notificationUrl, 'notificationUrl', deps.guard)
        project = {
          ...project,
          name: name ?? project.name,
          notificationUrl: notificationUrl === undefined ? project.notificationUrl : notificationUrl,
          activeEndpointLimit: activeEndpointLimit ?? project.activeEndpointLimit,
          secretMaxAgeDays: secretMaxAgeDays ?? project.secretMaxAgeDays,
        }
        await store.update(project)
      }
      if (timeScale !== undefined && timeScale !== project.timeScale) {
        await store.setTimeScale({ projectId, timeScale, now: clock.now() })
        project = { ...project, timeScale }
        registry.projects.set(projectId, project)
        await deps.onWaitsChanged()
        changes.publish({ type: 'deliveries.changed', projectId })
      }
      return keep(project)
    },
  }
}
